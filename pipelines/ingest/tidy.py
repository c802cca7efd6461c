"""Cells that say more than they should: ids with characters nobody sees, names with notes behind them.

Belongs here: the layout that reads one file tidily, and the count of accepted rows that needed it. Does not belong
here: the two rules (`plain_ids`, `noted_names`), what becomes of a doubt (`judge`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from pipelines.ingest import noted_names, plain_ids
from pipelines.ingest.layout import Layout
from pipelines.ingest.load import StrangeRows
from pipelines.ingest.oddity import Oddity
from pipelines.ingest.readers import literal


def layout_for(connection: duckdb.DuckDBPyConnection, layout: Layout) -> tuple[Layout, Mapping[str, Sequence[Oddity]]]:
    """The layout as table `source` needs it, and by contract table what is odd in its cells: nothing for most."""
    plain, uneven = plain_ids.read_plainly(connection, layout)
    short, noted = noted_names.cut_short(connection, plain)
    return short, {name: (*uneven.get(name, ()), *noted.get(name, ())) for name in (*uneven, *noted)}


def counted(connection: duckdb.DuckDBPyConnection, oddities: Sequence[Oddity], accepted: Path) -> Iterator[StrangeRows]:
    """How many of the accepted rows were odd."""
    rows = f"source semi join read_parquet({literal(str(accepted))}) as kept using (source_line, source_part)"
    for odd in oddities:
        found = connection.execute(f"select count(*), {odd.figure} from {rows} where {odd.when}").fetchone()
        if found and found[0]:
            yield StrangeRows(odd.doubt, odd.column, found[0], float(found[1]))
