"""Which export is this file? Finds data files in a drop, looks at their header, and chooses the layout that fits.

Belongs here: walking the drop, telling kinds of file apart, matching headers. Does not belong here: reading rows
(`readers`), deciding what happens to a drop as a whole (`intake`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pipelines.ingest.decode import Encoding, Line, encoding_of
from pipelines.ingest.layout import Layout, header_key
from pipelines.ingest.readers import Header, Unreadable, delimited, json_lines, parquet, workbook

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
}
_PROSE_SUFFIXES = {".txt", ".dat"}
_MAGIC = ((b"PK\x03\x04", "xlsx"), (b"PAR1", "parquet"))
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_TEXT_KINDS = frozenset({"csv", "tsv"})


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


@dataclass(frozen=True)
class Found:
    """A file of the drop: its path, and its name relative to the drop with forward slashes."""

    path: Path
    name: str
    is_data: bool


def files_in(drop: Path) -> Iterator[Found]:
    """Every file of the drop by relative name. Hidden ones are left alone; links are never followed."""
    names: list[tuple[str, Path]] = []
    for folder, folders, files in os.walk(drop, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(folder)
        entries = [*files, *(name for name in folders if (here / name).is_symlink())]
        names += [
            ((here / name).relative_to(drop).as_posix(), here / name) for name in entries if not name.startswith(".")
        ]
    for name, path in sorted(names):
        usual = not path.is_symlink() and path.is_file() and not path.name.startswith("~$")
        yield Found(path, name, usual and path.suffix.lower() in _DATA_SUFFIXES)


def recognise(file: Path, name: str, layouts: Mapping[str, Layout], scratch: Path) -> Recognised | Unrecognised:
    """The layout of one file, or why there is none. `name` is what a person calls it."""
    file = file.resolve()
    if not _has_bytes(file):
        return Unrecognised(name, "", "", "empty")
    kind = _kind(file)
    if kind == "":
        return Unrecognised(name, "", "", "unreadable")
    try:
        seen = _look(file, kind, layouts, scratch)
    except Unreadable:
        return Unrecognised(name, "", "", "unreadable")
    fitting = sorted(
        (candidate for candidate in seen if not _missing(candidate)),
        key=lambda candidate: (-len(_present(candidate)), candidate.layout.name),
    )
    if not fitting:
        return _nearest(name, file, seen)
    best = fitting[0]
    rivals = [c.layout.name for c in fitting[1:] if len(_present(c)) == len(_present(best)) and c.layout != best.layout]
    keys = [header_key(cell) for cell in best.header.cells]
    used = {header_key(best.header.cells[number]) for number in best.positions.values() if number is not None}
    repeated = tuple(sorted(key for key in used if keys.count(key) > 1))
    return Recognised(best.layout, kind, best.header, best.encoding, rivals[0] if rivals else "", repeated)


def positions_in(cells: tuple[str, ...], layout: Layout) -> dict[str, int | None]:
    """Source id → first column whose header is one of its spellings."""
    places: dict[str, int] = {}
    for number, cell in enumerate(cells):
        places.setdefault(header_key(cell), number)
    return {
        column.source_id: next((places[key] for key in map(header_key, column.headers) if key in places), None)
        for column in layout.columns
    }


def _has_bytes(file: Path) -> bool:
    with file.open("rb") as stream:
        return bool(stream.read(4096).strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"))


def _kind(file: Path) -> str:
    """By content first: exports are often named .xls and hold text. Empty for a kind nobody reads."""
    with file.open("rb") as stream:
        start = stream.read(8)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith(_OLD_EXCEL):
        return ""
    return "jsonl" if file.suffix.lower() in (".json", ".jsonl", ".ndjson") else "csv"


def _look(file: Path, kind: str, layouts: Mapping[str, Layout], scratch: Path) -> list[Recognised]:
    """The file's header as each layout of its kind would read it; several when delimiters or sheets are open."""
    as_is = Encoding("utf-8", "stated by the file kind")
    candidates = [layout for layout in layouts.values() if kind in layout.read.kinds]
    if kind == "parquet":
        parquet_header = parquet.header(file)
        return [Recognised(layout, kind, parquet_header, as_is) for layout in candidates]
    if kind == "xlsx":
        sheets = workbook.sheets_of(file, scratch)
        return [
            Recognised(layout, kind, header, as_is)
            for layout in candidates
            for header in workbook.headers(sheets, layout.read)
        ]
    encoding = encoding_of(file)
    heads: dict[str, list[Line]] = {}
    seen: list[Recognised] = []
    texts = (
        [layout for layout in layouts.values() if _TEXT_KINDS & set(layout.read.kinds)] if kind == "csv" else candidates
    )
    for layout in texts:
        chosen = _with_hint(encoding, layout)
        if chosen.name not in heads:
            heads[chosen.name] = delimited.head_of(file, chosen.name)
        head = heads[chosen.name]
        if kind == "csv":
            seen += [
                Recognised(layout, kind, found, chosen) for found in delimited.headers(head, chosen.name, layout.read)
            ]
        elif (keys := json_lines.header(head, chosen.name)) is not None:
            seen.append(Recognised(layout, kind, keys, chosen))
    return seen


def _with_hint(found: Encoding, layout: Layout) -> Encoding:
    """The layout's encoding counts where the bytes do not prove another."""
    proven = found.evidence == "byte order mark" or found.name in ("utf-8", "utf-16-le", "utf-16-be")
    return found if proven or layout.read.encoding is None else Encoding(layout.read.encoding, "stated by the layout")


def _missing(candidate: Recognised) -> list[str]:
    positions = candidate.positions
    return [c.source_id for c in candidate.layout.columns if not c.optional and positions[c.source_id] is None]


def _present(candidate: Recognised) -> list[str]:
    return [source_id for source_id, number in candidate.positions.items() if number is not None]


def _nearest(name: str, file: Path, seen: list[Recognised]) -> Unrecognised:
    """The layout that lacks the smallest share of what it needs; where none shares a column, the most similar one."""
    if not any(_present(candidate) for candidate in seen):
        if not seen or file.suffix.lower() in _PROSE_SUFFIXES:
            return Unrecognised(name, "", "", "not_a_data_file" if seen else "no_layout")
        best = max(seen, key=lambda c: (_similarity(c), c.layout.name))
    else:
        best = min(seen, key=lambda c: (len(_missing(c)) / len(c.layout.columns), -len(_present(c)), c.layout.name))
    return Unrecognised(name, best.layout.name, ",".join(_missing(best)), "no_layout")


def _similarity(candidate: Recognised) -> float:
    """How alike the file's headers and the layout's spellings are, as the mean over the layout's columns, 0 to 1."""
    keys = [header_key(cell) for cell in candidate.header.cells]
    spellings = [[header_key(header) for header in column.headers] for column in candidate.layout.columns]
    best = [max((SequenceMatcher(None, a, b).ratio() for a in keys for b in names), default=0.0) for names in spellings]
    return sum(best) / len(best)
