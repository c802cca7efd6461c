"""All rows of an unseen file as text, and what can be counted about each column.

Belongs here: reading every column with the product's readers, and the facts of its values. Does not belong here: what
the facts mean (`shapes`, `match`). The rows stand in a database file that is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipelines import warehouse
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import explain
from pipelines.ingest.layout_reading import header_key
from pipelines.mapping.look import DAY, MARK, TITLE, Look
from pipelines.mapping.personal import PATTERNS
from pipelines.mapping.trial import taken

Ask = Callable[[str], list[tuple[Any, ...]]]
"""Runs SQL over table `cells` (source_line, c0, c1, …; text, NULL when empty); the project's parsers are there."""

MONTH = re.compile(r"20[0-9]{2} *[年./-] *[0-9]{1,2}")
SAMPLE = 50_000
"""Rows that are parsed; what is counted without parsing is counted over all rows."""
_MOST_VALUES = 40


@dataclass(frozen=True, eq=False)
class Facts:
    """Of one column. Shares are of its filled cells, 0 to 1; `values`: its most frequent texts with their rows."""

    place: int
    header: str
    rows: int
    filled: int
    distinct: int
    values: tuple[tuple[str, int], ...]
    shares: dict[str, float] = field(default_factory=dict)
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None
    personal: str = ""
    """What most of its texts look like, of `personal.PATTERNS`."""
    short: str = ""
    """The end of the heading, where no other heading of the file ends like that."""
    given: str = ""
    """The source id, where the section `read` of the layout gives it: a day, its mark, the title."""

    @property
    def id(self) -> str:
        return f"c{self.place}"

    @property
    def is_unique(self) -> bool:
        return self.filled == self.rows == self.distinct and self.rows > 0

    def share(self, name: str) -> float:
        return self.shares.get(name, 0.0)


@dataclass(frozen=True)
class Cells:
    """The rows and how to ask about them."""

    ask: Ask
    facts: tuple[Facts, ...]
    rows: int
    unread: int
    """Lines that could not be split into cells."""

    def of(self, header: str) -> Facts:
        return next(facts for facts in self.facts if facts.header == header)


@contextmanager
def cells_of(look: Look, dbt_project: Path) -> Iterator[Cells]:
    """Read the whole file. Raises FloorwalkError when the product's readers cannot."""
    headers = _distinct(look.headers)
    given = given_ids(look)
    if not headers:
        raise FloorwalkError(Problem("no column has a heading", where=look.file.name), Exit.INPUT_REJECTED)
    columns = [(header, look.shorts.get(header, ""), "") for header in headers]
    columns += [(f"({name})", "", name) for name in given]
    contract = _contract(dbt_project, len(columns))
    with taken(look.file, dbt_project, {"probe": _layout(look, headers)}, contract) as (intake, folder):
        if not intake.deliveries:
            raise FloorwalkError([explain(file) for file in intake.unrecognised], Exit.INPUT_REJECTED)
        delivery = intake.deliveries[0]
        files = ", ".join(repr(str(file)) for file in intake.accepted_files["probe"])
        with warehouse.writing(folder.parent / "cells.duckdb", "2GB") as connection:
            connection.execute((dbt_project / "exports" / "_parsers.sql").read_text(encoding="utf-8"))
            connection.execute(f"create table cells as select * from read_parquet([{files}]) order by source_line")
            connection.execute(
                f"create table sampled as select * from cells using sample reservoir({SAMPLE}) repeatable (1)"
            )

            def ask(sql: str) -> list[tuple[Any, ...]]:
                return connection.execute(sql).fetchall()

            rows = int(ask("select count(*) from cells")[0][0])
            facts = tuple(_facts(ask, place, column, rows) for place, column in enumerate(columns))
            yield Cells(ask, facts, rows, delivery.refused_rows)


def _distinct(headers: Sequence[str]) -> list[str]:
    """Headers that are not empty, each once: of equal ones the product reads the first."""
    first: dict[str, str] = {}
    for header in headers:
        if header:
            first.setdefault(header_key(header), header)
    return list(first.values())


def reading(look: Look) -> dict[str, object]:
    """The section `read` of a layout for this file. What the file itself shows every time is left out."""
    section: dict[str, object] = {"kinds": [look.kind]}
    if look.encoding is not None and look.encoding.evidence.startswith("best guess"):
        section["encoding"] = look.encoding.name
    if look.delimiter is not None:
        section["delimiter"] = look.delimiter
    if look.sheet is not None and look.other_sheets:
        section["sheet"] = look.sheet
    if look.records:
        section["records"] = look.records
    if look.explode:
        section["explode"] = look.explode
    if look.header_rows > 1:
        section["header_rows"] = look.header_rows
    if look.unpivot:
        section["some_rows"] = True
        section["unpivot"] = {"columns": look.unpivot, "name": DAY, "value": MARK}
    if TITLE in given_ids(look):
        section["preamble"] = TITLE
    if look.without_header is not None:
        section["header"] = "none"
        section["recognise"] = look.without_header.recognise
        if look.without_header.is_ragged:
            section["ragged"] = True
    return section


def given_ids(look: Look) -> tuple[str, ...]:
    """Source ids that the section `read` gives, beside those of the headings."""
    if not look.unpivot:
        return ()
    return (DAY, MARK, TITLE) if MONTH.search(look.above) else (DAY, MARK)


def _layout(look: Look, headers: Sequence[str]) -> str:
    given = given_ids(look)
    named = [f"p{header}" if look.without_header else f"c{place}" for place, header in enumerate(headers)]
    table = {"row_key": "'row'", "day": "date '2000-01-01'"}
    table |= {f"c{place}": name for place, name in enumerate((*named, *given))}
    layout = {
        "name": "probe",
        "title": {"en": "Probe", "zh": "Probe"},
        "read": reading(look),
        "columns": {name: [header] for name, header in zip(named, headers, strict=True)},
        "tables": {"probe": {"columns": table}},
    }
    return yaml.safe_dump(layout, allow_unicode=True, sort_keys=False)


def _contract(dbt_project: Path, columns: int) -> str:
    """The project's contract with one table of text in place of those that can be delivered."""
    text = (dbt_project / "models" / "staging" / "_sources.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    needed = {"config": {"meta": {"required": True}}}
    probe = {
        "name": "probe",
        "config": {"meta": {"key": ["row_key"], "dated": "day", "label": {"en": "Probe", "zh": "Probe"}}},
        "columns": [
            {"name": "row_key", "data_type": "varchar", **needed},
            {"name": "day", "data_type": "date"},
            *({"name": f"c{place}", "data_type": "varchar"} for place in range(columns)),
        ],
    }
    for source in document["sources"]:
        source["tables"] = [t for t in source["tables"] if not t.get("config", {}).get("meta", {}).get("key")]
    document["sources"][0]["tables"].append(probe)
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


_TESTS = {
    "number": "as_number({c}) is not null",
    "digit": "regexp_matches({c}, '[0-9]')",
    "json": "{c}[1] in ('[', '{{') and try_cast({c} as json) is not null",
    "decimal": "contains({c}, '.') and as_number({c}) is not null",
    "percent": "ends_with({c}, '%') and as_number({c}) is not null",
    "clock": "contains({c}, ':') and as_seconds({c}) is not null",
    "seconds": "as_seconds({c}) is not null",
    "yes_no": "as_yes_no({c}) is not null",
    "year_first": "regexp_matches({c}, '^(19|20)[0-9]{{2}}[-/.年]') and as_timestamp({c}) is not null",
    "compact": "regexp_full_match({c}, '(19|20)[0-9]{{6}}') and as_date({c}, 'ymd') is not null",
    "dmy": "as_timestamp({c}, 'dmy') is not null",
    "mdy": "as_timestamp({c}, 'mdy') is not null",
    "either": "as_timestamp({c}, 'dmy') is not null or as_timestamp({c}, 'mdy') is not null",
    "zone": "regexp_matches({c}, '[T ].*:.*([zZ]|UTC|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') "
    "and as_timestamp({c}[:19]) is not null",
    "zulu": "regexp_matches({c}, '[T ].*:.*([zZ]|UTC|[+-]00(:?00)?)$')",
    "short_year": "regexp_matches({c}, '^[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{2}}([^0-9]|$)')",
    "timed": "contains({c}, ':') or contains({c}, '时') or contains({c}, '点')",
}
"""What a text may be, by the project's own parsers."""


def _facts(ask: Ask, place: int, column: tuple[str, str, str], rows: int) -> Facts:
    header, short, given = column
    c = f"c{place}"
    filled, distinct = ask(f"select count({c}), count(distinct {c}) from cells")[0]
    if not filled:
        return Facts(place, header, rows, 0, 0, (), short=short, given=given)
    tests = {**_TESTS, **{kind: f"regexp_full_match({{c}}, '{p}')" for kind, p in _patterns().items()}}
    parts = ", ".join(f"avg(({test.format(c=c)})::int)" for test in tests.values())
    found = ask(f"select {parts} from sampled where {c} is not null")[0]
    shares = {name: float(value or 0.0) for name, value in zip(tests, found, strict=True)}
    median, lowest, highest = ask(f"select median(n), min(n), max(n) from (select as_number({c}) as n from cells)")[0]
    most = f"group by 1 order by n desc, 1 limit {_MOST_VALUES}"
    values = tuple(ask(f"select {c}, count(*) as n from cells where {c} is not null {most}"))
    kind = next((kind for kind in PATTERNS if shares[kind] >= 0.5), "")
    counted = (int(filled), int(distinct), values, shares, median, lowest, highest, kind, short, given)
    return Facts(place, header, rows, *counted)


def _patterns() -> dict[str, str]:
    """The patterns inside SQL and str.format."""
    doubled = {ord("{"): "{{", ord("}"): "}}", ord("'"): "''"}
    return {kind: pattern.translate(doubled) for kind, pattern in PATTERNS.items()}
