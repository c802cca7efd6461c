"""JSON Lines: one object per line. Values become text as JSON writes them; nested values stay JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.ingest.decode import Line, lines_of
from pipelines.ingest.layout import header_key
from pipelines.ingest.readers import BLANKS, CleanFile, Header, load_clean


def header(head: list[Line], encoding: str) -> Header | None:
    """The keys of the first objects together, in order of appearance; None when no line holds an object."""
    keys: dict[str, None] = {}
    for line in head:
        found = _object(line.text)
        keys |= dict.fromkeys(found or {})
    return Header(tuple(keys), encoding=encoding, line=0) if keys else None


def read(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Header, spellings: Mapping[str, str], scratch: Path
) -> None:
    """Fill `source` and `unread`. `spellings` maps each header key (see `header_key`) to its source id."""
    order = tuple(dict.fromkeys(spellings.values()))
    place = {source_id: number for number, source_id in enumerate(order)}
    known: dict[str, int | None] = {}
    with CleanFile(scratch, len(order)) as clean:
        for line in lines_of(file, header.encoding):
            if not line.text.strip(BLANKS):
                continue
            found = None if line.fault else _object(line.text)
            if found is None:
                clean.leave(line.number, line.fault or "not_json", line.text)
                continue
            if not any(value not in (None, "") for value in found.values()):
                continue
            cells = [""] * len(order)
            for key, value in found.items():
                if key not in known:
                    source_id = spellings.get(header_key(key))
                    known[key] = place[source_id] if source_id is not None else None
                if (number := known[key]) is not None and value is not None:
                    cells[number] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            clean.row(line.number, cells)
    load_clean(connection, clean, place)


def _object(text: str) -> dict[str, object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
