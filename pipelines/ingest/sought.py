"""Whether a file as it was delivered holds a text anywhere: in any encoding, packed or not, in columns nobody maps too.

Belongs here: that search. Does not belong here: what follows from it (`persons`), rows of the lake (`whose`).
"""

from __future__ import annotations

import gzip
import html
import io
import json
import mmap
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import duckdb

from pipelines.ingest.readers import literal

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")
_PIECE = 1 << 24
_DEEPEST = 3
"""Archives within archives that are looked into; beyond, a file is taken to hold the text."""
_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"


class Needles:
    """The bytes that a text can be in a file."""

    def __init__(self, texts: Collection[str]) -> None:
        self.texts = tuple(texts)
        found = set[tuple[bytes, int]]()
        for text in texts:
            spellings = {text, html.escape(text), html.escape(text, quote=False), json.dumps(text)[1:-1]}
            for spelling in spellings:
                for encoding in _ENCODINGS:
                    try:
                        found.add((spelling.encode(encoding), 2 if encoding.startswith("utf-16") else 1))
                    except UnicodeEncodeError:
                        continue
        self._needles = tuple(found)
        self.longest = max((len(needle) for needle, _ in found), default=0)

    def are_in(self, content: bytes | mmap.mmap) -> bool:
        """Whether one of them stands there by itself, not within a longer word or number of Latin signs."""
        return any(_stands_alone(content, needle, width) for needle, width in self._needles)


def holds(file: Path, needles: Needles, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a file holds one of the texts; a file that cannot be looked into is taken to hold it."""
    try:
        with file.open("rb") as stream:
            if stream.read(4) == _PARQUET:
                return _in_parquet(file, needles, connection)
            stream.seek(0)
            return _in_stream(stream, needles, 0)
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return True
    except duckdb.Error:
        return True


def _in_stream(stream: BinaryIO, needles: Needles, depth: int) -> bool:
    start = stream.read(4)
    stream.seek(0)
    if depth >= _DEEPEST:
        return True
    if start.startswith(_GZIP):
        with gzip.open(stream) as unpacked:
            return _in_pieces(unpacked, needles, depth + 1)
    if start == _ZIP:
        with zipfile.ZipFile(stream) as packed:
            if needles.are_in("\n".join(packed.namelist()).encode()):
                return True
            for name in packed.namelist():
                with packed.open(name) as member:
                    if _in_pieces(cast("zipfile.ZipExtFile", member), needles, depth + 1):
                        return True
            return False
    return _in_pieces(stream, needles, depth + 1)


def _in_pieces(stream: BinaryIO | gzip.GzipFile | zipfile.ZipExtFile, needles: Needles, depth: int) -> bool:
    """Search a stream piece by piece; one that is packed itself is unpacked first."""
    rest, is_first = b"", True
    for piece in _pieces(stream):
        if is_first and piece.startswith((_ZIP, _GZIP)):
            return _in_stream(io.BytesIO(piece + stream.read()), needles, depth)
        if is_first and piece.startswith(_PARQUET):
            return True  # not worth a file of its own: nobody packs Parquet
        is_first = False
        if needles.are_in(rest + piece):
            return True
        rest = piece[-(needles.longest + 4) :]
    return False


def _pieces(stream: BinaryIO | gzip.GzipFile | zipfile.ZipExtFile) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def _in_parquet(file: Path, needles: Needles, connection: duckdb.DuckDBPyConnection) -> bool:
    source = f"read_parquet({literal(str(file))})"
    names = [str(name) for name, *_ in connection.execute(f"describe select * from {source}").fetchall()]
    quoted = ('"' + name.replace('"', '""') + '"' for name in names)
    wanted = [f"contains(cast({name} as varchar), {literal(text)})" for name in quoted for text in needles.texts]
    if not wanted:
        return False
    return connection.execute(f"select 1 from {source} where {' or '.join(wanted)} limit 1").fetchone() is not None


def _stands_alone(content: bytes | mmap.mmap, needle: bytes, width: int) -> bool:
    at = content.find(needle)
    while at >= 0:
        before, after = content[max(at - width, 0) : at], content[at + len(needle) : at + len(needle) + width]
        first, last = needle[:width], needle[-width:]
        if not (_is_sign(before) and _is_sign(first)) and not (_is_sign(after) and _is_sign(last)):
            return True
        at = content.find(needle, at + 1)
    return False


def _is_sign(piece: bytes) -> bool:
    """Whether a byte, or the two of UTF-16, are a letter or digit of ASCII."""
    meant = piece.strip(b"\0")
    return len(meant) == 1 and meant.isalnum()
