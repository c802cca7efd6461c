"""A centre that knows only the layouts a test is about, which is quicker; the samples are read with all of them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.unit.vendor_centre import VendorCentre

RULES = {"total_row", "times_disagree"}


class LayoutCentre(VendorCentre):
    """The project's own layouts of these names, and no other."""

    def __init__(self, folder: Path, *names: str) -> None:
        super().__init__(folder)
        for file in (self.project / "exports").glob("*.yml"):
            if file.stem not in names:
                file.unlink()

    def refused_lines(self, table: str) -> dict[int, str]:
        """Line → why it was refused; a rule of the layout says more than the empty cells that come with it."""
        reasons: dict[int, set[str]] = {}
        for _, line, _, reason, _ in self.faults(table):
            reasons.setdefault(int(str(line)), set()).add(str(reason))
        return {line: next(iter(found & RULES), "+".join(sorted(found))) for line, found in reasons.items()}

    def kept(self, table: str) -> str:
        """Everything the lake keeps among the accepted rows of a table, as text."""
        files = [str(file) for file in (self.lake / table).glob("*.parquet")]
        assert files
        with duckdb.connect(":memory:") as connection:
            return str(connection.execute("select * from read_parquet(?)", [files]).fetchall())
