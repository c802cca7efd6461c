"""What an unseen file is: its kind, encoding, delimiter or sheet, and where its header stands, each with the evidence.

Belongs here: looking at the first rows with the product's own readers. Does not belong here: the rows below (`rows`),
which row holds the headings (`heading_rows`), the shape of JSON (`records`), what the columns mean (`match`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.aliases import Aliases
from pipelines.ingest.encodings import Encoding, encoding_of
from pipelines.ingest.readers import HeadRow, Unreadable, delimited, parquet, workbook
from pipelines.ingest.unpack import unpacked
from pipelines.mapping.heading_rows import DAY_PATTERNS, Headings, candidates, days_in
from pipelines.mapping.headless import Headless, headless
from pipelines.mapping.records import Records, records_of

_NAMED = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "vertical bars"}
DAY, MARK, TITLE = "day", "mark", "title"
"""Ids of what `unpivot` and `preamble` give; as headings they stand in brackets, which no file's can."""


@dataclass(frozen=True)
class Look:
    """What was seen. `file` is the one to read: the unpacked one where the file was an archive."""

    file: Path
    kind: str
    headers: tuple[str, ...]
    encoding: Encoding | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int = 0
    """Last line of the header; 0 where there is none."""
    records: str = ""
    """JSON documents: the dotted path to the list of records."""
    shape: Records | None = None
    explode: str = ""
    """JSON: the list inside a record whose elements are the rows."""
    other_sheets: tuple[str, ...] = ()
    header_rows: int = 1
    unpivot: str = ""
    """The pattern of the headings that count the days of a month."""
    above: str = ""
    """The text above the header."""
    without_header: Headless | None = None
    shorts: Mapping[str, str] = field(default_factory=dict)
    """Heading → its last part, where no other heading ends like that."""

    def evidence(self) -> Iterator[str]:
        """One sentence per thing that was found out."""
        yield {"csv": "delimited text", "xlsx": "an Excel workbook", "jsonl": "JSON, one object a line",
               "json": "one JSON document", "parquet": "Parquet"}[self.kind]  # fmt: skip
        if self.encoding is not None:
            yield f"text in {self.encoding.name}: {self.encoding.evidence}"
        if self.delimiter is not None:
            yield f"columns are separated by {_NAMED.get(self.delimiter, self.delimiter)}"
        if self.sheet is not None:
            others = f"; other sheets: {', '.join(self.other_sheets)}" if self.other_sheets else ""
            yield f"read from the sheet {self.sheet!r}{others}"
        if self.records:
            yield f"the records are the elements of {self.records!r}"
        if self.explode:
            yield f"each element of the list {self.explode!r} is a row, beside the values of its record"
        if self.without_header is not None:
            yield f"there is no line of headings: {', '.join(self.without_header.why)}"
            yield f"{len(self.headers)} places" + (", lines may end early" if self.without_header.is_ragged else "")
            return
        lines = self.header_line - self.header_rows
        above = f", below {lines} other line{'s' * (lines > 1)}" if lines > 0 else ""
        where = f" in line {self.header_line}{above}" if self.header_line and self.header_rows == 1 else ""
        if self.header_rows > 1:
            where = f" in lines {lines + 1} and {self.header_line}{above}: cells of the upper one are merged"
        yield f"{len(self.headers)} column headings{where}"
        if self.unpivot:
            yield "some headings count the days of a month: each of these cells becomes a row of its own"


def look_at(file: Path, scratch: Path, aliases: Aliases) -> Look:
    """Find out what the file is. Raises FloorwalkError: USAGE when it is not there, INPUT_REJECTED when unreadable."""
    if not file.is_file():
        raise FloorwalkError(Problem("there is no such file", where=str(file), fix="name the export to look at"))
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        return _look(unpacked(file.resolve(), scratch), scratch, aliases)
    except Unreadable as error:
        fix = "export it anew; save an old .xls as .xlsx"
        problem = Problem("the file cannot be read", where=file.name, why=str(error), fix=fix)
        raise FloorwalkError(problem, Exit.INPUT_REJECTED) from error


def _look(file: Path, scratch: Path, aliases: Aliases) -> Look:
    with file.open("rb") as stream:
        start = stream.read(4096)
    if not start.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("it is empty")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("it is an old binary workbook")
    if start.startswith(b"PAR1"):
        return Look(file, "parquet", parquet.head(file).rows[0].cells)
    if start.startswith(b"PK\x03\x04"):
        return _workbook(file, scratch, aliases)
    encoding = encoding_of(file)
    begins = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if file.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return _json(file, encoding)
    if begins in (b"{", b"["):
        raise Unreadable("it holds JSON; a build reads JSON from files named .json, .jsonl or .ndjson")
    return _delimited(file, encoding, aliases)


def _workbook(file: Path, scratch: Path, aliases: Aliases) -> Look:
    found = [
        (one, name)
        for name, head in workbook.heads(workbook.sheets_of(file, scratch / "sheets"))
        for one in candidates(head, aliases)
    ]
    if not found:
        raise Unreadable("no sheet has a line of column headings")
    best, name = max(found, key=lambda one: one[0].score)
    others = tuple(dict.fromkeys(other for _, other in found if other != name))
    return _with_headings(Look(file, "xlsx", (), sheet=name, other_sheets=others), best)


def _delimited(file: Path, encoding: Encoding, aliases: Aliases) -> Look:
    heads = list(delimited.heads(delimited.head_of(file, encoding.name), encoding.name))
    found = [(one, head.header.delimiter) for head in heads for one in candidates(head, aliases)]
    best, delimiter = max(found, key=lambda one: one[0].score, default=(None, ","))
    if (best is None or not best.hits) and (bare := headless(heads)) is not None:
        places = tuple(str(place) for place in range(1, bare.places + 1))
        return Look(file, "csv", places, encoding, bare.delimiter, without_header=bare)
    if best is None:
        raise Unreadable("neither a line of column headings nor a place that always holds a moment was found")
    return _with_headings(Look(file, "csv", (), encoding, delimiter), best)


def _with_headings(look: Look, found: Headings) -> Look:
    headers = _trimmed(found.row)
    shorts = dict(zip(headers, found.lowest, strict=False)) if found.lowest else {}
    look = replace(look, headers=headers, header_line=found.row.last, header_rows=found.depth, above=found.above)
    days = days_in(headers)
    if days:
        taken = frozenset(days)
        pattern = next(p for p in DAY_PATTERNS if all(re.fullmatch(p, header) for header in days))
        look = replace(look, unpivot=pattern, headers=tuple(h for h in headers if h not in taken))
    return replace(look, shorts=_unique(shorts))


def _unique(shorts: Mapping[str, str]) -> dict[str, str]:
    texts = [short for short in shorts.values() if short]
    return {header: short for header, short in shorts.items() if short and texts.count(short) == 1}


def _trimmed(row: HeadRow) -> tuple[str, ...]:
    return tuple(cell.strip().lstrip("\ufeff") for cell in row.cells)


def _json(file: Path, encoding: Encoding) -> Look:
    return exploded(Look(file, "", (), encoding, shape=records_of(file, encoding)), "")


def exploded(look: Look, explode: str) -> Look:
    """The same file with one list of each record taken apart; with none for an empty path."""
    if look.shape is None:
        return look
    headers = look.shape.headers(explode)
    shorts = _unique({header: header.rsplit(".", 1)[-1] for header in headers})
    path = look.shape.path
    return replace(look, kind=look.shape.kind, headers=headers, records=path, explode=explode, shorts=shorts)
