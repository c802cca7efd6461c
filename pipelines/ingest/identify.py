"""Which export is this file? Finds data files in a drop and chooses the layout that fits each.

Belongs here: walking the drop, telling kinds of file apart, the choice. Does not belong here: what a file might be
(`candidates`), reading rows (`readers`), deciding what happens to a drop as a whole (`intake`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import shown
from pipelines.ingest.candidates import Candidate, candidates, without_header
from pipelines.ingest.encodings import Encoding
from pipelines.ingest.headers import Fit, positions_in, spread_in
from pipelines.ingest.layout import Layout, Layouts
from pipelines.ingest.layout_reading import header_key
from pipelines.ingest.nearest import nearest, shares_a_column
from pipelines.ingest.opening import is_unfinished, opened
from pipelines.ingest.readers import Header, Unreadable
from pipelines.ingest.undecided import demand_decided
from pipelines.ingest.unpack import unpacked

_DATA_SUFFIXES = {
    ".csv",
    ".tsv",
    ".txt",
    ".dat",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
    ".pq",
    ".gz",
    ".zip",
}
_PROSE_SUFFIXES = {".txt", ".dat"}
_MAGIC = ((b"PK\x03\x04", "xlsx"), (b"PAR1", "parquet"))
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_OLE_BYTES = 1 << 20
"""Of an OLE file, what is searched for the name of the part that an encrypted workbook has."""


@dataclass(frozen=True)
class Unrecognised:
    """A file that was left: one row of raw.unrecognised. `missing_columns` are source ids, comma-separated."""

    file: str
    nearest_layout: str
    missing_columns: str
    reason: str


@dataclass(frozen=True)
class Recognised:
    """A file whose layout is known, ready for its reader."""

    layout: Layout
    kind: str
    header: Header
    encoding: Encoding
    also_fits: str = ""
    """Another layout that explains as many columns, if any."""
    repeated: tuple[str, ...] = ()
    """Headers the layout uses that are there more than once; the first is read."""

    @property
    def positions(self) -> dict[str, int | None]:
        """Source id → column of the file from 0, None for an optional column that is not there."""
        return positions_in(self.header.cells, self.layout)

    @property
    def spread(self) -> dict[int, str]:
        """Columns that the layout's `unpivot` makes rows of, from 0, with what each is called."""
        return spread_in(self.header.cells, self.layout, self.positions.values())


@dataclass(frozen=True)
class Found:
    """A file of the drop: its path, and its name relative to the drop with forward slashes, safe to show.

    `reason` is why a file that is no data is left.
    """

    path: Path
    name: str
    is_data: bool
    reason: str = "not_a_data_file"


def files_in(drop: Path) -> Iterator[Found]:
    """Every file of the drop by relative name, and folders that may not be read. Hidden ones are left alone; links are
    never followed."""
    names: list[tuple[str, Path]] = []
    closed: list[Path] = []
    for folder, folders, files in os.walk(drop, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(folder)
        entries = [*files, *(name for name in folders if (here / name).is_symlink())]
        names += [
            ((here / name).relative_to(drop).as_posix(), here / name) for name in entries if not name.startswith(".")
        ]
    for name, path in sorted(names):
        usual = not path.is_symlink() and path.is_file()
        if usual and is_unfinished(path.name, _DATA_SUFFIXES):
            yield Found(path, shown(name), False, "unfinished")
        else:
            yield Found(path, shown(name), usual and path.suffix.lower() in _DATA_SUFFIXES)
    for path in closed:
        yield Found(path, shown(path.relative_to(drop).as_posix()), False, "no_access")


def recognise(file: Path, name: str, layouts: Layouts, scratch: Path) -> Recognised | Unrecognised:
    """The layout of one file, or why there is none. `name` is what a person calls it.

    Raises Unreadable for a file that is damaged, protected or beyond a cap, OSError for one that cannot be opened,
    Undecided for one whose layout has open questions.
    """
    packed = file.absolute()
    try:
        seen = _recognise(unpacked(packed, scratch / "unpacked", name), name, layouts, scratch)
    finally:
        shutil.rmtree(scratch / "unpacked", ignore_errors=True)
    if isinstance(seen, Recognised):
        demand_decided(seen.layout, name)
    return seen


def _recognise(file: Path, name: str, layouts: Layouts, scratch: Path) -> Recognised | Unrecognised:
    if not _has_bytes(file):
        return Unrecognised(name, "", "", "empty")
    kind = _kind(file)
    seen = list(candidates(file, kind, layouts, scratch))
    complete = [one for one in seen if not one.fit.missing]
    if not complete and kind == "csv":
        complete = list(without_header(file, layouts))
    if not complete:
        return _left(name, file, [one.fit for one in seen])
    return _best(complete)


def _rank(one: Candidate) -> tuple[int, bool, str]:
    return -one.fit.explained, bool(one.fit.layout.questions), one.fit.layout.name


def _best(complete: list[Candidate]) -> Recognised:
    """The layout that explains most columns; by name where several explain as many, which is mentioned."""
    best, *others = sorted(complete, key=_rank)
    layout, header = best.fit.layout, best.fit.header
    rivals = [o.fit.layout.name for o in others if o.fit.explained == best.fit.explained and o.fit.layout != layout]
    keys = [header_key(cell) for cell in header.cells]
    used = {keys[number] for number in best.fit.positions.values() if number is not None}
    repeated = tuple(sorted(key for key in used if keys.count(key) > 1))
    return Recognised(layout, best.kind, header, best.encoding, rivals[0] if rivals else "", repeated)


def _left(name: str, file: Path, seen: list[Fit]) -> Unrecognised:
    if not seen:
        return Unrecognised(name, "", "", "no_layout")
    if file.suffix.lower() in _PROSE_SUFFIXES and not any(map(shares_a_column, seen)):
        return Unrecognised(name, "", "", "not_a_data_file")
    if (best := nearest(seen)) is None:
        return Unrecognised(name, "", "", "no_layout")
    return Unrecognised(name, best.layout.name, ",".join(best.missing), "no_layout")


def _has_bytes(file: Path) -> bool:
    with opened(file) as stream:
        while chunk := stream.read(1 << 20):
            if chunk.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
                return True
    return False


def _kind(file: Path) -> str:
    """By content first: exports are often named .xls and hold text. Raises Unreadable for a kind nobody reads."""
    with opened(file) as stream:
        start = stream.read(_OLE_BYTES)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith(_OLD_EXCEL):
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in start
        raise Unreadable("", "protected" if is_encrypted else "old_workbook")
    return "json" if file.suffix.lower() in (".json", ".jsonl", ".ndjson") else "csv"
