"""What the project's own layouts say about headings: a further source of spellings, weaker than the list of them.

Belongs here: reading a layout backwards, from a heading to the one column it plainly becomes. Does not belong here: the
spellings for templates (dbt_project/exports/_aliases.yml), proposing (`match`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import FloorwalkError
from pipelines.ingest.aliases import spelling_key
from pipelines.ingest.contract import Contract
from pipelines.ingest.expressions import source_ids
from pipelines.ingest.layout import Layout, load_layouts
from pipelines.ingest.plain import PREFIX

_PLAIN = re.compile(r"(?:(?:as_\w+|lower|nullif|trim)\()*\"?(\w+)\"?(?:, ?'[^']*'|, ?[0-9]+)*\)*(?: ?[*/] ?[0-9.]+)?")
_UTC = ("as_local(", "as_epoch(")
_PLACE = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Known:
    """Heading → column, for each table; `utc`: headings whose times other layouts read as those of Greenwich."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    utc: frozenset[str] = frozenset()

    def column(self, table: str, header: str) -> str:
        """The column of a table that this heading becomes in another layout; empty where none says so."""
        return self.columns.get(table, {}).get(spelling_key(header), "")

    def is_utc(self, header: str) -> bool:
        return spelling_key(header) in self.utc


def known_layouts(dbt_project: Path, contract: Contract) -> Known:
    """Read the project's layouts; one that is at fault teaches nothing, which is no reason not to propose another."""
    files = sorted((dbt_project / "exports").glob("*"))
    return _known(dbt_project, contract, tuple((file.name, file.stat().st_mtime_ns) for file in files))


_last: list[tuple[Path, tuple[tuple[str, int], ...], Known]] = []


def _known(dbt_project: Path, contract: Contract, files: tuple[tuple[str, int], ...]) -> Known:
    """The same while no file has changed: reading all layouts takes longer than looking at an export."""
    if not _last or _last[0][:2] != (dbt_project, files):
        _last[:] = [(dbt_project, files, _read(dbt_project, contract))]
    return _last[0][2]


def _read(dbt_project: Path, contract: Contract) -> Known:
    try:
        layouts = load_layouts(dbt_project, contract).by_name
    except FloorwalkError:
        return Known()
    said: dict[str, dict[str, set[str]]] = {}
    utc: set[str] = set()
    for layout in layouts.values():
        if not layout.name.startswith(PREFIX) and layout.read.has_header:
            for table, header, column, is_utc in _plainly(layout):
                said.setdefault(table, {}).setdefault(spelling_key(header), set()).add(column)
                if is_utc:
                    utc.add(spelling_key(header))
    agreed = {
        table: {header: next(iter(columns)) for header, columns in headers.items() if len(columns) == 1}
        for table, headers in said.items()
    }
    return Known(agreed, frozenset(utc))


def _plainly(layout: Layout) -> Iterator[tuple[str, str, str, bool]]:
    """Table, heading, column and whether its time is in UTC, for every expression that reads one cell and no more."""
    headers = {column.source_id: column.headers for column in layout.columns}
    for mapping in layout.tables:
        for column, expression in mapping.columns.items():
            used = source_ids(expression, layout.source_ids)
            is_case = expression.startswith("case ") and bool(mapping.table.by_name[column].values)
            if len(used) == 1 and (is_case or _PLAIN.fullmatch(expression)):
                for header in headers.get(used[0], ()):
                    if not _PLACE.fullmatch(header):
                        yield mapping.table.name, header, column, expression.startswith(_UTC)
