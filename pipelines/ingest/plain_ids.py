"""Ids that look alike are one: characters nobody sees, and letters and digits of another width, are no part of an id.

Which characters these are stands in dbt_project/exports/_parsers.sql (`_plain_id`). A file is asked once, over the
cells that ids are made of, whether it holds any; the mapping of a file that holds none is used as it is.
Belongs here: that question, and the mapping that reads such cells plainly. Does not belong here: names that people
read, which stay as delivered; what surrounds a cell (`readers.BLANKS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from pipelines.ingest.contract import Column
from pipelines.ingest.expressions import replaced, source_ids
from pipelines.ingest.layout import Layout, TableMapping
from pipelines.ingest.oddity import Oddity

DOUBT = "cleaned_ids"


def is_id(column: Column) -> bool:
    """Whether a column of the contract says who or what something is, for other tables to refer to."""
    is_named = column.personal in ("id", "customer") or column.name.endswith("_id")
    return is_named and column.data_type == "varchar" and not column.values


def read_plainly(connection: duckdb.DuckDBPyConnection, layout: Layout) -> tuple[Layout, dict[str, list[Oddity]]]:
    """The layout that reads the ids of table `source` plainly, and by contract table the rows cleaned by that."""
    cells = dict.fromkeys(cell for mapping in layout.tables for _, its in _ids(layout, mapping) for cell in its)
    uneven = _uneven(connection, list(cells))
    if not uneven:
        return layout, {}
    tables, cleaned, told = list[TableMapping](), dict[str, list[Oddity]](), set[tuple[str, ...]]()
    for mapping in layout.tables:
        plain = dict(mapping.columns)
        for name, its in _ids(layout, mapping):
            if found := [cell for cell in its if cell in uneven]:
                plain[name] = replaced(mapping.columns[name], {cell: f'_plain_id("{cell}")' for cell in found})
                if its not in told:  # a cell may be the key of several tables
                    cleaned.setdefault(mapping.table.name, []).append(_oddity(mapping, name, found))
                told.add(its)
        tables.append(replace(mapping, columns=plain))
    return replace(layout, tables=tuple(tables)), cleaned


def _ids(layout: Layout, mapping: TableMapping) -> list[tuple[str, tuple[str, ...]]]:
    """Columns of ids with the cells they are made of."""
    return [
        (column.name, source_ids(mapping.columns[column.name], layout.source_ids))
        for column in mapping.table.columns
        if column.name in mapping.columns and is_id(column)
    ]


def _uneven(connection: duckdb.DuckDBPyConnection, cells: Sequence[str]) -> set[str]:
    """Cells of which some text is not as it looks. Texts of ASCII alone are told by their length: that is cheap."""
    if not cells:
        return set()
    beyond = ", ".join(f'bool_or(strlen("{cell}") <> length("{cell}"))' for cell in cells)
    row = connection.execute(f"select {beyond} from source").fetchone() or ()
    return {cell for cell, is_beyond in zip(cells, row, strict=True) if is_beyond and _is_uneven(connection, cell)}


def _is_uneven(connection: duckdb.DuckDBPyConnection, cell: str) -> bool:
    texts = f'select distinct "{cell}" as text from source where strlen("{cell}") <> length("{cell}")'
    row = connection.execute(f"select bool_or(text is distinct from _plain_id(text)) from ({texts})").fetchone()
    return bool(row and row[0])


def _oddity(mapping: TableMapping, column: str, cells: Sequence[str]) -> Oddity:
    """The rows that hold such texts, and how many different texts these are."""
    changed = " or ".join(f'"{cell}" is distinct from _plain_id("{cell}")' for cell in cells)
    return Oddity(DOUBT, column, changed, f"count(distinct ({mapping.columns[column]}))")
