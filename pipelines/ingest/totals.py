"""Do the contacts add up to the totals that the source system delivered? Asked over the lake, once all is taken in.

Belongs here: running the comparison and its doubts. Does not belong here: what is compared with what
(dbt_project/exports/_totals.sql), when it is run (`judge`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Contract
from pipelines.ingest.doubts import DOUBT, Doubt
from pipelines.ingest.supersede import Superseded, newest

COMPARED = ("contacts", "agents", "contact_totals")


def total_doubts(
    connection: duckdb.DuckDBPyConnection,
    dbt_project: Path,
    contract: Contract,
    files: Mapping[str, tuple[Path, ...]],
    superseded: Mapping[str, Superseded],
    names: Mapping[str, str],
) -> Iterator[Doubt]:
    """A doubt per measure that does not add up; it belongs to no single delivery.

    `names` are the file names of deliveries: the file that holds the total furthest off is named.
    """
    if not files.get("contact_totals") or not files.get("contacts"):
        return
    for name in COMPARED:
        held = newest(contract.delivered[name], files.get(name, ()), superseded.get(name))
        connection.execute(f"create or replace temp view {name} as {held}")
    sql = (dbt_project / "exports" / "_totals.sql").read_text(encoding="utf-8")
    for measure, unit, totals, delivery, first, last, observed, expected in connection.execute(sql).fetchall():
        yield Doubt(
            delivery_id="",
            file=names.get(delivery, ""),
            table_name="contacts",
            column_name=measure,
            doubt="does_not_add_up",
            severity=DOUBT,
            first_day=first,
            last_day=last,
            affected_rows=totals,
            observed=observed,
            expected=expected,
            unit=unit,
        )
