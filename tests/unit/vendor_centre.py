"""A centre that uses the project's own layouts, with its time zone stated; helper of the test_ingest_<vendor> files."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.ingest import Intake
from pipelines.settings import PROJECT
from tests.unit.ingest_centre import Centre

UNSTATED = "create or replace macro centre_zone() as cast(null as varchar);"
ZONE = "Asia/Shanghai"


def copy_exports(project: Path, zone: str | None = ZONE) -> None:
    """Put every layout of the project into another one, with the centre's zone stated there."""
    exports = project / "exports"
    shutil.rmtree(exports, ignore_errors=True)
    shutil.copytree(PROJECT / "dbt_project" / "exports", exports)
    parsers = exports / "_parsers.sql"
    text = parsers.read_text(encoding="utf-8")
    assert text.count(UNSTATED) == 1
    if zone is not None:
        text = text.replace(UNSTATED, f"create or replace macro centre_zone() as '{zone}';")
        parsers.write_text(text, encoding="utf-8")


class VendorCentre(Centre):
    """`zone` is written into _parsers.sql as an operator would; None leaves it unstated."""

    def __init__(self, folder: Path, zone: str | None = ZONE) -> None:
        super().__init__(folder)
        copy_exports(self.project, zone)

    def deliver_sample(self, layout: str, name: str) -> Path:
        """Put the sample of a layout into the drop."""
        return self.deliver(name, self.sample(layout))

    def sample(self, layout: str) -> str:
        text = (self.project / "exports" / f"{layout}.yml").read_text(encoding="utf-8")
        lines = text[text.index("sample: |\n") + len("sample: |\n") :].splitlines()
        return "".join(line[2:] + "\n" for line in lines)

    def select(self, intake: Intake, sql: str) -> list[tuple[object, ...]]:
        with self.raw(intake) as connection:
            return connection.execute(sql).fetchall()

    def reasons(self, table: str) -> list[tuple[object, ...]]:
        """column and reason of everything refused for a table, with the number of rows."""
        counts: dict[tuple[object, object], int] = {}
        for _, _, column, reason, _ in self.faults(table):
            counts[column, reason] = counts.get((column, reason), 0) + 1
        return sorted((column, reason, rows) for (column, reason), rows in counts.items())


def read_as(intake: Intake) -> set[tuple[str, str, int, int, int]]:
    """layout, table, accepted, refused and not applicable rows of every delivery; each file accounts for its rows."""
    for one in intake.deliveries:
        assert one.file_rows == one.accepted_rows + one.refused_rows + one.not_applicable_rows
    return {
        (one.layout, one.table_name, one.accepted_rows, one.refused_rows, one.not_applicable_rows)
        for one in intake.deliveries
    }
