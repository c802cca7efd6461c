"""What an unseen file is: its kind, encoding, delimiter or sheet, and where its header stands, each with the evidence.

Belongs here: looking at the first rows with the product's own readers. Does not belong here: the rows below (`rows`),
what the columns mean (`match`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.aliases import Aliases, bare_key, spelling_key
from pipelines.ingest.decode import Encoding, encoding_of
from pipelines.ingest.readers import Head, HeadRow, Unreadable, delimited, parquet, workbook
from pipelines.ingest.unpack import unpacked

_NAMED = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "vertical bars"}
_NOT_A_HEADING = re.compile(r"[-+]?[\d.,:/%\s-]+|.{80,}", re.DOTALL)
_JSON_BYTES = 64 << 20
_JSON_RECORDS = 500


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
    lists: tuple[str, ...] = ()
    """JSON: lists of objects inside a record, which would be rows of their own."""
    other_sheets: tuple[str, ...] = ()

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
        above = f", below {self.header_line - 1} other lines" if self.header_line > 1 else ""
        where = f" in line {self.header_line}{above}" if self.header_line else ""
        yield f"{len(self.headers)} column headings{where}"


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
        (score, name, row)
        for name, head in workbook.heads(workbook.sheets_of(file, scratch / "sheets"))
        for score, row in _candidates(head, aliases)
    ]
    if not found:
        raise Unreadable("no sheet has a line of column headings")
    _, name, row = max(found, key=lambda one: one[0])
    others = tuple(dict.fromkeys(other for _, other, _ in found if other != name))
    return Look(file, "xlsx", _trimmed(row), sheet=name, header_line=row.last, other_sheets=others)


def _delimited(file: Path, encoding: Encoding, aliases: Aliases) -> Look:
    lines = delimited.head_of(file, encoding.name)
    found = [
        (score, head.header.delimiter, row)
        for head in delimited.heads(lines, encoding.name)
        for score, row in _candidates(head, aliases)
    ]
    if not found:
        raise Unreadable("no line of column headings was found; a file without one needs a layout written by hand")
    _, delimiter, row = max(found, key=lambda one: one[0])
    return Look(file, "csv", _trimmed(row), encoding, delimiter, header_line=row.last)


def _candidates(head: Head, aliases: Aliases) -> Iterator[tuple[tuple[float, int, int], HeadRow]]:
    """Rows that could be the header with a score: known headings, headings at all, the rows below as wide as it."""
    known = _known(aliases)
    for place, row in enumerate(head.rows):
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if len(cells) < 2 or any(_NOT_A_HEADING.fullmatch(cell) for cell in cells):
            continue
        below = head.rows[place + 1 :][:20]
        alike = sum(len(other.cells) == len(row.cells) for other in below) / len(below) if below else 0.0
        hits = sum(spelling_key(cell) in known or bare_key(cell) in known for cell in cells)
        distinct = len(set(cells)) / len(cells)
        yield (hits * distinct + alike * len(cells) / 4, len(cells), -row.first), row


def _known(aliases: Aliases) -> frozenset[str]:
    tables = [aliases.columns, *aliases.by_table.values(), aliases.unwanted]
    spelt = [text for columns in tables for spellings in columns.values() for text in spellings.all]
    spelt += [*aliases.agent_names.all, *aliases.day.all, *aliases.time.all]
    return frozenset(map(spelling_key, spelt))


def _trimmed(row: HeadRow) -> tuple[str, ...]:
    return tuple(cell.strip().lstrip("\ufeff") for cell in row.cells)


def _json(file: Path, encoding: Encoding) -> Look:
    """JSON Lines when its first line is a whole object, else one document."""
    head = delimited.head_of(file, encoding.name)
    objects = [found for line in head if (found := _object(line.text)) is not None]
    first = next((line for line in head if line.text.strip()), None)
    if first is not None and _object(first.text) is not None and len(objects) > 1:
        headers, lists = _flat(objects)
        return Look(file, "jsonl", headers, encoding, lists=lists)
    if file.stat().st_size > _JSON_BYTES:
        raise Unreadable("a JSON document this large has to be mapped by hand; one object a line is read at any size")
    try:
        document = json.loads(file.read_text(encoding=encoding.name, errors="replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is neither one JSON document nor one object a line") from error
    path, records = _records(document)
    headers, lists = _flat(records[:_JSON_RECORDS])
    if not headers:
        raise Unreadable("it holds no objects")
    return Look(file, "json", headers, encoding, records=path, lists=lists)


def _records(document: Any) -> tuple[str, list[dict[str, Any]]]:
    """The longest list of objects within the document and the dotted path to it."""
    found: list[tuple[int, str, list[dict[str, Any]]]] = []

    def walk(value: Any, path: str, depth: int) -> None:
        if isinstance(value, list):
            objects = [item for item in value if isinstance(item, dict)]
            if objects:
                found.append((len(objects), path, objects))
        elif isinstance(value, dict) and depth < 4:
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else str(key), depth + 1)

    walk(document, "", 0)
    if not found:
        return "", [document] if isinstance(document, dict) else []
    _, path, objects = max(found, key=lambda one: one[0])
    return path, objects


def _flat(objects: list[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dotted paths of the values, and of the lists of objects, in order of appearance."""
    values: dict[str, None] = {}
    lists: dict[str, None] = {}

    def walk(value: Mapping[str, Any], path: str) -> None:
        for key, item in value.items():
            here = f"{path}.{key}" if path else str(key)
            if isinstance(item, dict) and item:
                walk(item, here)
            elif isinstance(item, list) and any(isinstance(element, dict) for element in item):
                lists[here] = None
            else:
                values[here] = None

    for item in objects:
        walk(item, "")
    return tuple(values), tuple(lists)


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
