"""What a template says about each column, in one language, from dbt_project/exports/templates and the contract.

Belongs here: headings, meanings, permitted values and example cells. Does not belong here: files (`templates`,
`template_book`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipelines.ingest.aliases import Aliases
from pipelines.ingest.contract import Column, Table
from pipelines.ingest.plain import EXAMPLE, example_column

EXAMPLE_ROWS = 2
_NUMBERS = {"scale_min": 1.0, "goal_number": 1.0, "hours": 2.0, "max_points": 10.0, "scale_max": 5.0}
_DAY, _HOUR = "2025-01-{:02d}", " 09:{:02d}:00"


@dataclass(frozen=True)
class Field:
    """One column of a template as a person meets it. `choices` are empty where any text goes."""

    column: Column
    heading: str
    meaning: str
    is_required: bool
    rule: str
    choices: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The texts of one language and how to fill them in."""

    language: str
    texts: dict[str, Any]
    aliases: Aliases

    def fields(self, table: Table) -> tuple[Field, ...]:
        return tuple(self._field(table, column) for column in table.columns)

    def readme(self) -> str:
        return str(self.texts["readme"]).format(mark=EXAMPLE[self.language])

    def title(self, table: Table) -> str:
        return table.label[self.language]

    def key(self, table: Table) -> str:
        """The sentence that names the key."""
        headings = (self.aliases.of(table, name).label(self.language) for name in table.key)
        return f"{self.texts['key']}{' + '.join(headings)}"

    def yes_no(self, value: bool) -> str:
        return str(self.texts["yes" if value else "no"])

    def _field(self, table: Table, column: Column) -> Field:
        known = self.aliases.of(table, column.name)
        meaning = known.about if self.language == "zh" and known.about else column.description
        choices = self._choices(column)
        examples = tuple(self._example(table, column, choices, number) for number in range(1, EXAMPLE_ROWS + 1))
        rule = self._rule(table, column, choices)
        return Field(column, known.label(self.language), meaning, column.required, rule, choices, examples)

    def _choices(self, column: Column) -> tuple[str, ...]:
        if column.data_type == "boolean":
            return self.yes_no(True), self.yes_no(False)
        if self.language == "en":
            return column.values
        known = self.aliases.values.get(column.name, {})
        return tuple(next(iter(known.get(value, ())), value) for value in column.values)

    def _rule(self, table: Table, column: Column, choices: tuple[str, ...]) -> str:
        if choices:
            return str(self.texts["one_of"]).format(values=" / ".join(choices))
        kind = self.texts["units"].get(column.unit) or self.texts["types"][column.data_type]
        return str(self.texts["and"]).join([str(kind), *self._bounds(table, column)])

    def _bounds(self, table: Table, column: Column) -> list[str]:
        def label(name: str) -> str:
            return self.aliases.of(table, name).label(self.language)

        if column.minimum_column and column.maximum_column:
            names = {"lowest": label(column.minimum_column), "highest": label(column.maximum_column)}
            return [str(self.texts["within"]).format(**names)]
        if column.maximum_column:
            return [str(self.texts["not_above"]).format(highest=label(column.maximum_column))]
        if column.minimum is not None and column.maximum is not None:
            return [str(self.texts["between"]).format(lowest=f"{column.minimum:g}", highest=f"{column.maximum:g}")]
        if column.minimum is not None:
            return [str(self.texts["at_least"]).format(lowest=f"{column.minimum:g}")]
        return []

    def _example(self, table: Table, column: Column, choices: tuple[str, ...], number: int) -> str:
        if column.name == example_column(table):
            return f"{EXAMPLE[self.language]}{number}"
        if choices:
            return choices[0]
        if column.data_type == "date":
            return _DAY.format(number + 14)
        if column.data_type == "timestamp":
            return _DAY.format(number + 14) + _HOUR.format(5 * number)
        if column.data_type != "varchar":
            return f"{_number(column):g}"
        known = self.texts["examples"].get(column.name)
        return str(known) if known is not None else ("-" if column.required else "")


def _number(column: Column) -> float:
    """A number that the contract allows, also beside the other examples of the row."""
    if column.name in _NUMBERS:
        return _NUMBERS[column.name]
    if column.maximum_column or (column.maximum is not None and column.maximum < 60):
        return 4.0
    return 60.0


def load_words(dbt_project: Path, language: str, aliases: Aliases) -> Words:
    """The texts of one language."""
    file = dbt_project / "exports" / "templates" / f"{language}.yml"
    return Words(language, yaml.safe_load(file.read_text(encoding="utf-8")), aliases)
