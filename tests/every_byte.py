"""Looks for texts in every file below a folder: in names, in bytes, unpacked, and in the rows of Parquet files."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb


def places_of(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """Every text and file that holds it by itself, not within a longer word."""
    patterns = {
        text: re.compile(rb"(?<![A-Za-z0-9])" + re.escape(text.encode()) + rb"(?![A-Za-z0-9])") for text in texts
    }
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()]
    return [
        (text, file.relative_to(folder).as_posix())
        for file in files
        for text, pattern in patterns.items()
        if any(pattern.search(content) for content in _contents(file, folder))
    ]


def _contents(file: Path, folder: Path) -> Iterator[bytes]:
    content = file.read_bytes()
    yield file.relative_to(folder).as_posix().encode()
    yield content
    yield from _unpacked(content)
    if content.startswith(b"PAR1"):
        with duckdb.connect(":memory:") as connection, suppress(duckdb.Error):  # a damaged one has its bytes only
            rows = connection.execute("select * from read_parquet(?)", [str(file)]).fetchall()
            yield "\n".join(map(str, rows)).encode()


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        inner = gzip.decompress(content)
        yield inner
        yield from _unpacked(inner)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)
                yield from _unpacked(packed.read(name))
