"""Every layout beside the headers a file might have: each delimiter, encoding, sheet and list of records in question.

Belongs here: getting a file's first rows from its reader and laying the layouts beside them. Does not belong here:
comparing headers (`headers`), choosing among the candidates (`identify`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.ingest.encodings import Encoding, encoding_of
from pipelines.ingest.headers import Fit, Spellings, is_recognised
from pipelines.ingest.layout import Layout, Layouts
from pipelines.ingest.readers import Head, Unreadable, delimited, json_objects, parquet, workbook

_TEXT_KINDS = frozenset({"csv", "tsv"})


@dataclass(frozen=True)
class Candidate:
    """A layout beside the header it would have, in the kind and encoding it would be read with."""

    fit: Fit
    kind: str
    encoding: Encoding


@lru_cache(maxsize=4)
def _spellings(layouts: Layouts) -> Spellings:
    return Spellings(layout for layout in layouts.by_name.values() if layout.read.has_header)


def _is_split(head: Head, places: int) -> bool:
    """Whether the layout's delimiter occurs in most of the first rows at all; asking costs nothing."""
    return places == 1 or 2 * sum(len(row.cells) > 1 for row in head.rows) > len(head.rows)


_AS_IS = Encoding("utf-8", "stated by the file kind")


def candidates(file: Path, kind: str, layouts: Layouts, scratch: Path) -> Iterator[Candidate]:
    """Every layout of the file's kind beside the file's headers; several when delimiters, sheets or lists are open."""
    spellings = _spellings(layouts)
    if kind == "parquet":
        for fit in spellings.fits(parquet.head(file), lambda layout: kind in layout.read.kinds):
            yield Candidate(fit, kind, _AS_IS)
    elif kind == "xlsx":
        for sheet, head in workbook.heads(workbook.sheets_of(file, scratch)):
            for fit in spellings.fits(head, _of_sheet(sheet)):
                yield Candidate(fit, kind, _AS_IS)
    elif kind == "json":
        yield from _look_at_objects(file, layouts)
    else:
        for encoding, its in _encodings(file, _of_kind(layouts, _TEXT_KINDS)):
            for head in delimited.heads(delimited.head_of(file, encoding.name), encoding.name):
                for fit in spellings.fits(head, _of_delimiter(head.header.delimiter, its)):
                    yield Candidate(fit, kind, encoding)


def _of_kind(layouts: Layouts, kinds: frozenset[str], has_header: bool = True) -> list[Layout]:
    found = (layout for layout in layouts.by_name.values() if kinds & set(layout.read.kinds))
    return [layout for layout in found if layout.read.has_header == has_header]


def _of_sheet(sheet: str) -> Callable[[Layout], bool]:
    return lambda layout: "xlsx" in layout.read.kinds and layout.read.sheet in (None, sheet)


def _of_delimiter(delimiter: str, names: set[str]) -> Callable[[Layout], bool]:
    return lambda layout: layout.name in names and layout.read.delimiter in (None, delimiter)


def _encodings(file: Path, candidates: Iterable[Layout]) -> list[tuple[Encoding, set[str]]]:
    """The encodings the layouts would read the file in, each with the names of its layouts."""
    found = encoding_of(file)
    chosen: dict[str, tuple[Encoding, set[str]]] = {}
    for layout in candidates:
        encoding = _with_hint(found, layout)
        chosen.setdefault(encoding.name, (encoding, set()))[1].add(layout.name)
    return list(chosen.values())


def _look_at_objects(file: Path, layouts: Layouts) -> Iterator[Candidate]:
    """JSON: a layout reads lines when they are objects and it says jsonl, else the document when it says json."""
    spellings = _spellings(layouts)
    for encoding, names in _encodings(file, _of_kind(layouts, frozenset({"json", "jsonl"}))):
        start = json_objects.start_of(file, encoding.name)
        groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[str]] = {}
        for name in names:
            read = layouts.by_name[name].read
            kind = "jsonl" if start.are_lines and "jsonl" in read.kinds else "json"
            if kind in read.kinds:
                groups.setdefault((kind, read.records, read.explode), set()).add(name)
        damage: list[Unreadable] = []
        heads = []
        for (kind, records, explode), its in groups.items():
            try:
                heads.append((start.head(kind, records, explode), kind, its))
            except Unreadable as error:
                damage.append(error)
        if damage and not any(head for head, _, _ in heads):
            raise damage[0]
        for head, kind, its in heads:
            if head is not None:
                for fit in spellings.fits(head, lambda layout, its=its: layout.name in its):  # type: ignore[misc]
                    yield Candidate(fit, kind, encoding)


def without_header(file: Path, layouts: Layouts) -> Iterator[Candidate]:
    """Layouts of files without a header whose `recognise` holds; asked only when no header was found."""
    headless = _of_kind(layouts, _TEXT_KINDS, has_header=False)
    for encoding, names in _encodings(file, headless) if headless else ():
        lines = delimited.head_of(file, encoding.name)
        for layout in (layouts.by_name[name] for name in sorted(names)):
            places = max(int(header) for column in layout.columns for header in column.headers)
            head = delimited.headless(lines, encoding.name, layout.read, places)
            if _is_split(head, places) and is_recognised(layout, head, layouts.parsers):
                yield Candidate(Fit(layout, head.header), "csv", encoding)


def _with_hint(found: Encoding, layout: Layout) -> Encoding:
    """The layout's encoding counts where the bytes do not prove another."""
    if found.is_proven or layout.read.encoding is None:
        return found
    return Encoding(layout.read.encoding, "stated by the layout")
