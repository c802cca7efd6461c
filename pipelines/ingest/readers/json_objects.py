"""JSON: objects one per line, or one document with a list of them. Nested fields are columns with dotted names.

Values become text as JSON writes them. A list that is not exploded stays JSON text, and so does an object that a layout
asks for as a whole. source_line is the line on which a record begins; source_part counts the rows of one line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from pipelines.ingest.decode import HEAD_BYTES, Line, lines_of, text_stream
from pipelines.ingest.layout import Layout
from pipelines.ingest.layout_reading import header_key
from pipelines.ingest.readers import BLANKS, CleanFile, Head, Header, HeadRow, Unreadable, load_clean
from pipelines.ingest.readers.json_stream import CHUNK, Decoder, Faulty, records_of

_HEAD_LINES = 200
_HEAD_RECORDS = 50
_LINES_JUDGED = 20
_DECODER = Decoder()


@dataclass(frozen=True)
class Start:
    """What the beginning of a JSON file shows."""

    file: Path
    encoding: str
    lines: tuple[Line, ...]
    are_lines: bool
    """Its lines are objects, rather than parts of one document."""

    def head(self, kind: str, records: tuple[str, ...], explode: tuple[str, ...]) -> Head | None:
        """The fields of the first records together, in order of appearance; None when no record is an object.

        Raises Unreadable when the document is damaged before its first record.
        """
        fields: dict[str, None] = {}
        try:
            for _, value in islice(self._records(kind, records), _HEAD_RECORDS):
                if isinstance(value, dict):
                    for row in rows_of(value, explode):
                        fields |= dict.fromkeys(row)
        except Unreadable:
            if not fields and self.file.stat().st_size < CHUNK:
                raise  # of a longer document it may only be the end of what is looked at
        return Head((HeadRow(1, 0, tuple(fields)),), Header((), encoding=self.encoding)) if fields else None

    def _records(self, kind: str, records: tuple[str, ...]) -> Iterator[tuple[int, object]]:
        if kind == "json":
            with self.file.open("rb") as raw:
                text = text_stream(raw, self.encoding).read(CHUNK)
            return records_of(io.StringIO(text), records)
        found = (_within(_parsed(line.text), records) for line in self.lines)
        return ((0, value) for values in found for value in values)


def start_of(file: Path, encoding: str) -> Start:
    """Look at the first lines: they are objects if the first is one, or most of those that begin like one."""
    lines = tuple(islice(lines_of(file, encoding, HEAD_BYTES), _HEAD_LINES))
    judged = [line for line in lines if line.text.strip(BLANKS)][:_LINES_JUDGED]
    objects = [isinstance(_parsed(line.text), dict) for line in judged]
    begins = bool(judged) and judged[0].text.lstrip(BLANKS).startswith("{")
    return Start(file, encoding, lines, begins and (objects[0] or 2 * sum(objects) > len(objects)))


def read(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    header: Header,
    kind: str,
    layout: Layout,
    scratch: Path,
) -> None:
    """Fill `source` and `unread`; `kind` says whether the file is lines or one document."""
    spellings = {key: column.source_id for column in layout.columns for key in column.keys}
    order = tuple(column.source_id for column in layout.columns)
    place = {source_id: number for number, source_id in enumerate(order, start=1)}
    known: dict[str, int | None] = {}
    with CleanFile(scratch, len(order) + 1) as clean:
        rows_in = _of_document if kind == "json" else _of_lines
        line, part = 0, 0
        for number, found in rows_in(file, header.encoding, layout.read.records, layout.read.explode):
            line, part = number, part + 1 if number == line else 1
            if isinstance(found, _Left):
                clean.leave(line, found.reason, found.text, part)
                continue
            cells: list[str | int] = [part, *[""] * len(order)]
            for field, value in found.items():
                if field not in known:
                    source_id = spellings.get(header_key(field))
                    known[field] = place[source_id] if source_id is not None else None
                if (at := known[field]) is not None:
                    cells[at] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            clean.row(line, cells, part)
    load_clean(connection, clean, place, part="c0")


@dataclass(frozen=True)
class _Left:
    """A record that is no row."""

    reason: str
    text: str


_Row = tuple[int, "dict[str, object] | _Left"]


def _of_lines(file: Path, encoding: str, records: tuple[str, ...], explode: tuple[str, ...]) -> Iterator[_Row]:
    for line in lines_of(file, encoding):
        if not line.text.strip(BLANKS):
            continue
        document = None if line.fault else _parsed(line.text)
        if not isinstance(document, dict):
            reason = document.reason if isinstance(document, Faulty) else "not_json"
            yield line.number, _Left(line.fault or reason, line.text)
            continue
        values = list(_within(document, records))
        if records and not values and not _has(document, records):
            yield line.number, _Left("no_records", line.text)
        for value in values:
            for row in _rows_or_left(value, explode):
                yield line.number, row


def _of_document(file: Path, encoding: str, records: tuple[str, ...], explode: tuple[str, ...]) -> Iterator[_Row]:
    with file.open("rb") as raw:
        for line, value in records_of(text_stream(raw, encoding), records):
            if line < 0:
                yield -line, _Left("no_records", _dumped(value))
                continue
            for row in _rows_or_left(value, explode):
                yield line, row


def _rows_or_left(value: object, explode: tuple[str, ...]) -> Iterator[dict[str, object] | _Left]:
    if isinstance(value, Faulty):
        yield _Left(value.reason, value.text)
        return
    if not isinstance(value, dict):
        yield _Left("not_json", _dumped(value))
        return
    for row in rows_of(value, explode):
        if any(cell not in ("", []) and not isinstance(cell, dict) for cell in row.values()):
            yield row


def rows_of(record: Mapping[str, object], explode: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Fields of each row of a record: one row, or one per element of the list at `explode`.

    A record without that list, or with an empty one, gives one row without the list's fields.
    """
    yield from _exploded(record, "", explode, {})


def _exploded(
    node: Mapping[str, object], prefix: str, path: tuple[str, ...], outer: dict[str, object]
) -> Iterator[dict[str, object]]:
    fields = dict(outer)
    _flatten(node, prefix, fields, path)
    inner = node.get(path[0]) if path else None
    if not path or inner is None or inner == []:
        yield fields
        return
    name = prefix + path[0]
    for element in inner if isinstance(inner, list) else [inner]:
        if isinstance(element, dict):
            yield from _exploded(element, name + ".", path[1:], fields)
        else:
            yield fields | {name: element}


def _flatten(node: Mapping[str, object], prefix: str, into: dict[str, object], path: tuple[str, ...]) -> None:
    """Every field under its dotted name, objects also as a whole; without empty ones and the head of `path`."""
    for key, value in node.items():
        if value is None or (path and key == path[0]):
            continue
        name = prefix + key
        into[name] = value
        if isinstance(value, dict):
            _flatten(value, name + ".", into, ())


def _within(value: object, path: tuple[str, ...]) -> Iterator[object]:
    """What `records_of` finds in a document, in one that is in memory already."""
    if isinstance(value, list):
        for element in value:
            yield from _within(element, path) if path else [element]
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _within(value[path[0]], path[1:])


def _has(value: object, path: tuple[str, ...]) -> bool:
    return not path or (isinstance(value, dict) and path[0] in value and _has(value[path[0]], path[1:]))


def _parsed(text: str) -> object:
    try:
        value, end = _DECODER.decoded(text := text.strip(BLANKS))
    except (ValueError, RecursionError):
        return None
    return value if end == len(text) else None


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
