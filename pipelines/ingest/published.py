"""What was published: kept in the lake, added to and never rewritten, so that a change later shows as one.

  published/tiers-<number>.parquet    the revisions of people's tiers that one build added
  published/tiers-<key>-<number>.parquet   the same while people stood under the codes of that key (`privacy`)
  published/items-<edition>.parquet   what one edition said of centre and teams, and the edition before did not

An edition is a published site that said something else than the one before; the dbt model int_item_history counts them.
Recorded is only what was shown: `stages` calls after the switch. A build that is killed between the switch and here
records nothing, so the next one still compares with the edition before and says at least as much. A build repeated
over the same data finds its own edition recorded, compares with the one before that, and makes the same pages; it
adds nothing here, because its edition has a file.
Ids and codes are never mixed, nor codes of two keys: under another identity a person's tiers begin anew, and those of
before wait until the centre goes back to it. Items tell nothing of a person and go on.
Belongs here: reading and adding. Does not belong here: what a tier or an item is (`dbt_project`), which revision or
edition a row is of (the marts fct_tier and fct_published_item count them).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Table
from pipelines.ingest.supersede import parquet_list
from pipelines.privacy import DEFAULT, Privacy

FOLDER = "published"


def published_view(table: Table, lake: Path, privacy: Privacy) -> str:
    """SQL of everything that was published of one kind; empty but typed before the first time."""
    is_of_people = table.name == "published_tiers"
    files = _files(lake / FOLDER, _tiers(privacy) if is_of_people else "items")
    if files:
        columns = ", ".join(
            f'cast("{column.name}" as {column.data_type}) as "{column.name}"' for column in table.columns
        )
        return f"select {columns} from read_parquet({parquet_list(files)})"
    typed = ", ".join(f'cast(null as {column.data_type}) as "{column.name}"' for column in table.columns)
    return f"select {typed} where false"


def publish_tiers(lake: Path, marts: Path, privacy: Privacy = DEFAULT) -> int:
    """Add the tiers of settled quarters that were not published yet, or not with this revision; returns how many.

    Reads fct_tier and dim_period of `marts`. One new file, put in place by rename; nothing new adds no file.
    """
    folder = _folder(lake)
    files = _files(folder, _tiers(privacy))
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
        return _add(connection, folder / f"{_tiers(privacy)}-{len(files) + 1:06d}.parquet")


def publish_items(lake: Path, marts: Path) -> int:
    """Add what the shown edition said anew, unless that edition is recorded; returns how many items.

    Reads fct_published_item of `marts`. One new file, put in place by rename.
    """
    folder = _folder(lake)
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            """create table added as
            select
                * exclude (interval_low, interval_high),
                -- six digits as decimals need half the room and come back as the same doubles; nine would not
                cast(interval_low as decimal(18, 6)) as interval_low,
                cast(interval_high as decimal(18, 6)) as interval_high
            from read_parquet(?)
            order by kind, grain, entity_id, item, part, period_kind, period_start""",
            [str(marts / "fct_published_item.parquet")],
        )
        found = connection.execute("select max(edition) from added").fetchone()
        edition = found[0] if found else None
        target = folder / f"items-{edition or 0:06d}.parquet"
        return 0 if edition is None or target.exists() else _add(connection, target)


def _tiers(privacy: Privacy) -> str:
    """How files of tiers begin that name people as this site does."""
    return "tiers" if privacy.is_named else f"tiers-{privacy.identity}"


def _files(folder: Path, kind: str) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(f"{kind}-??????.parquet")))


def _folder(lake: Path) -> Path:
    folder = lake / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _add(connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Write the rows of table `added`, if there are any, to a file that stands at `target` at once or not at all."""
    found = connection.execute("select count(*) from added").fetchone()
    added = int(found[0]) if found else 0
    if added:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".writing-") as scratch:
            beside = Path(scratch) / target.name
            connection.execute(f"copy added to '{beside}' (format parquet, compression zstd)")
            beside.replace(target)
    return added
