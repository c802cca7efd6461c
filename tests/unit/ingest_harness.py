"""One file through recognising, reading and checking, without a drop; helper of property and fuzz tests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.ingest.contract import load_contract
from pipelines.ingest.identify import Found, Recognised, Unrecognised, recognise
from pipelines.ingest.lake import Lake, sha256_of
from pipelines.ingest.layout import load_layouts
from pipelines.ingest.readers import Unreadable
from pipelines.ingest.receive import Arrival, Receiver, read_rows
from tests.unit.ingest_centre import LAYOUT, Centre

NOW = datetime(2026, 1, 1, 12, 0, 0)  # noqa: DTZ001  local time, as files state it


@dataclass(frozen=True)
class Outcome:
    """What became of the file: why it was left, or its rows by table (file, accepted, refused, not applicable)."""

    left: str = ""
    rows: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)


class Harness:
    """Layouts are read once; every file gets an empty lake."""

    def __init__(self, folder: Path, layout: str = LAYOUT) -> None:
        centre = Centre(folder, layout)
        self._layouts = load_layouts(centre.project, load_contract(centre.project))
        self._drop, self._lake, self._scratch = centre.drop, Lake(centre.lake.resolve()), folder / "scratch"
        self._scratch.mkdir()

    def run(self, name: str, content: bytes) -> Outcome:
        """The outcome. Raises whatever ingest does not answer for, AssertionError when rows went missing."""
        file, seen = self._recognised(name, content)
        if not isinstance(seen, Recognised):
            return Outcome(seen)
        self._lake.prepare()
        receiver = Receiver(self._lake, self._layouts.parsers, "1GB", self._scratch)
        try:
            record = receiver.take(Arrival(Found(file, name, True), sha256_of(file), seen), 1, NOW)
        except Unreadable as error:
            return Outcome(error.code)
        finally:
            shutil.rmtree(self._lake.root)
        rows = {
            told.table: (told.file_rows, told.accepted_rows, told.refused_rows, told.not_applicable_rows)
            for told in record.tables
        }
        assert all(total == accepted + refused + other for total, accepted, refused, other in rows.values())
        return Outcome(rows=rows)

    def cells(
        self, name: str, content: bytes
    ) -> tuple[list[tuple[int, tuple[str | None, ...]]], list[tuple[int, str]]]:
        """Line and cells of every row that was read, and line and reason of every line that was not."""
        file, seen = self._recognised(name, content)
        assert isinstance(seen, Recognised), seen
        receiver = Receiver(self._lake, self._layouts.parsers, "1GB", self._scratch)
        with receiver.connection() as (connection, scratch):
            read_rows(connection, file, seen, scratch)
            ids = ", ".join(f'"{name}"' for name in seen.layout.source_ids)
            rows = connection.execute(f"select source_line, {ids} from source order by source_line").fetchall()
            left = connection.execute("select source_line, reason from unread order by source_line").fetchall()
        return [(row[0], row[1:]) for row in rows], left

    def _recognised(self, name: str, content: bytes) -> tuple[Path, Recognised | str]:
        file = (self._scratch / f"file{Path(name).suffix}").absolute()
        file.write_bytes(content)
        shutil.rmtree(self._scratch / "look", ignore_errors=True)
        try:
            seen = recognise(file, name, self._layouts, self._scratch / "look")
        except Unreadable as error:
            return file, error.code
        return file, seen.reason if isinstance(seen, Unrecognised) else seen
