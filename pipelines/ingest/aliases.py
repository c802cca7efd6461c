"""How exports spell the columns of the contract, read from dbt_project/exports/_aliases.yml and nowhere repeated.

Belongs here: typed spellings and finding one by a header or a value. Does not belong here: what a column means (the
contract), the layouts made from it (`plain`), proposing a mapping (`pipelines.mapping`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pipelines.ingest.contract import Table

NAME = "_aliases.yml"
_IN_UNITS = re.compile(r" in (milliseconds|seconds|minutes|hours|ms|sec|min)$")
_BRACKETS = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]\s*")


@dataclass(frozen=True)
class Spellings:
    """Of one column: the first of each language heads the templates, the others are seen in exports."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    about: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.en, *self.zh)

    def label(self, language: str) -> str:
        return (self.zh if language == "zh" else self.en)[0]


@dataclass(frozen=True)
class Aliases:
    """Everything the file says; see its own comments for what each part is for."""

    columns: Mapping[str, Spellings]
    by_table: Mapping[str, Mapping[str, Spellings]]
    agent_names: Spellings
    opposites: Mapping[str, Spellings]
    day: Spellings
    time: Spellings
    unwanted: Mapping[str, Spellings]
    units: Mapping[str, tuple[str, ...]]
    totals: tuple[str, ...]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, table: Table, column: str) -> Spellings:
        """The spellings of one column of a table; the bare name in words where the file has none."""
        bare = column.replace("_", " ").capitalize()
        known = self.by_table.get(table.name, {}).get(column) or self.columns.get(column)
        return known or Spellings((bare,), (bare,))

    def unit(self, header: str) -> str:
        """The unit a header names in brackets or as its last word; empty when it names none."""
        inside = re.findall(r"[(（\[【]([^)）\]】]*)[)）\]】]", header)
        words = [*inside, *re.split(r"[\s_]+", split_words(_BRACKETS.sub(" ", header)).strip())[-1:]]
        for word in map(spelling_key, words):
            for unit, spellings in self.units.items():
                if word in map(spelling_key, spellings):
                    return unit
        whole = spelling_key(header)
        return next((u for u, spellings in self.units.items() for s in spellings if _ends_with(whole, s)), "")

    def without_unit(self, header: str) -> str:
        """The key of a header whose last word is a unit, without it: `talkDurationMs` is `talk duration`."""
        *words, last = spelling_key(split_words(header.rsplit(".", 1)[-1])).split(" ")
        known = {spelling_key(word) for spellings in self.units.values() for word in spellings}
        return " ".join(words) if last in known else " ".join((*words, last))

    def meaning(self, column: str, value: str, allowed: tuple[str, ...]) -> str:
        """The contract value that a text of an export stands for; empty when nobody knows."""
        key = spelling_key(value)
        for name in allowed:
            if key in (spelling_key(name), spelling_key(name.replace("_", " "))):
                return name
        return next((name for name in allowed if key in self._value_keys.get(column, {}).get(name, ())), "")

    @cached_property
    def _value_keys(self) -> dict[str, dict[str, frozenset[str]]]:
        return {
            column: {name: frozenset(map(spelling_key, spellings)) for name, spellings in names.items()}
            for column, names in self.values.items()
        }


def spelling_key(text: str) -> str:
    """What two spellings have in common: NFKC, lower case, letters and digits with single blanks between them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def split_words(header: str) -> str:
    """`talkDuration` as two words; `AHT` stays one."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)


def bare_key(header: str) -> str:
    """The same without a unit: `Talk (ms)`, `Talk in minutes` and `Talk` are the same column."""
    bare = spelling_key(_BRACKETS.sub(" ", header)) or spelling_key(header)
    return _IN_UNITS.sub("", bare)


def load_aliases(dbt_project: Path) -> Aliases | None:
    """Read the file; None in a project that has none."""
    file = dbt_project / "exports" / NAME
    if not file.is_file():
        return None
    raw: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Aliases(
        columns={name: _spellings(entry) for name, entry in raw["columns"].items()},
        by_table={
            table: {name: _spellings(entry) for name, entry in columns.items()}
            for table, columns in raw.get("tables", {}).items()
        },
        agent_names=_spellings(raw["agent_names"]),
        opposites={name: _spellings(entry) for name, entry in raw["opposites"].items()},
        day=_spellings(raw["parts"]["day"]),
        time=_spellings(raw["parts"]["time"]),
        unwanted={kind: _spellings(entry) for kind, entry in raw["unwanted"].items()},
        units={unit: tuple(words) for unit, words in raw["units"].items()},
        totals=tuple(raw["totals"]),
        values={
            column: {str(value): tuple(map(str, spellings)) for value, spellings in values.items()}
            for column, values in raw["values"].items()
        },
    )


def _spellings(entry: Mapping[str, Any]) -> Spellings:
    return Spellings(tuple(entry["en"]), tuple(entry["zh"]), str(entry.get("about", "")))


def _ends_with(header: str, unit: str) -> bool:
    """Chinese has no blank before a unit: 通话毫秒. Single letters are no evidence."""
    return not unit.isascii() and len(unit) > 1 and header.endswith(unit)
