"""Tiers as they were published: kept in the lake, added to and never rewritten, so that a change later shows as one.

  published/tiers-<number>.parquet   the revisions that one build added

Belongs here: reading and adding revisions. Does not belong here: what a tier is (`dbt_project`), which revision a
row is (the mart fct_tier counts it).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Table
from pipelines.ingest.supersede import parquet_list

FOLDER = "published"


def published_view(table: Table, lake: Path) -> str:
    """SQL of everything that was published; empty but typed before the first time."""
    files = tuple(sorted((lake / FOLDER).glob("tiers-*.parquet")))
    if files:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        return f"select {columns} from read_parquet({parquet_list(files)})"
    typed = ", ".join(f'cast(null as {column.data_type}) as "{column.name}"' for column in table.columns)
    return f"select {typed} where false"


def publish_tiers(lake: Path, marts: Path) -> int:
    """Add the tiers of settled quarters that were not published yet, or not with this revision; returns how many.

    Reads fct_tier and dim_period of `marts`. One new file, put in place by rename; nothing new adds no file.
    """
    folder = lake / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    files = tuple(sorted(folder.glob("tiers-*.parquet")))
    known = f"select agent_id, window_start, revision from read_parquet({parquet_list(files)})" if files else None
    unseen = f"anti join ({known}) as known using (agent_id, window_start, revision)" if known else ""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"""create table added as
            select agent_id, window_start, revision, as_of, rules, tier, score, score_sd, p_low, p_high
            from read_parquet(?) as tiers
            cross join (
                select max(period_end) as as_of from read_parquet(?) where period_kind = 'all'
            ) as span
            {unseen}
            where window_kind = 'quarter' and revision is not null
            order by window_start, agent_id""",
            [str(marts / "fct_tier.parquet"), str(marts / "dim_period.parquet")],
        )
        found = connection.execute("select count(*) from added").fetchone()
        added = int(found[0]) if found else 0
        if added:
            target = folder / f"tiers-{len(files) + 1:06d}.parquet"
            with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
                beside = Path(scratch) / target.name
                connection.execute(f"copy added to '{beside}' (format parquet)")
                beside.replace(target)
    return added
