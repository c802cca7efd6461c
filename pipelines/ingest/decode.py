"""Bytes to text: the physical lines of a file in a known encoding, one at a time.

Belongs here: line ends, lines that are not text. Does not belong here: which encoding it is (`encodings`), columns and
quotes (`readers`).
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipelines.ingest.opening import opened

CHUNK = 1 << 24
LONGEST_LINE = 1 << 20
"""Characters of the longest line taken as a row; DuckDB refuses a whole file for a line above 2 MB."""
HEAD_BYTES = 32 << 20
"""Most bytes read to see the first lines of a file; the first line may be the whole file."""
_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = re.compile("[\ud800-\udfff\x00]")
_MARK = "floorwalk-mark"
codecs.register_error(_MARK, lambda error: ("\udcff", error.end))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One physical line without its end. `fault` is a row reason when the line is not usable as text."""

    number: int
    text: str
    fault: str | None = None


def still_valid(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    """Whether the bytes go on as the decoder's encoding wants them."""
    if chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def text_stream(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The bytes as text with LF as line end; bytes that are no text become half a character, which no text holds.

    UTF-16 and UTF-32 that state no byte order are taken as little-endian, as Windows writes them.
    """
    name = codecs.lookup(encoding).name
    if name in ("utf-16", "utf-32"):
        start = raw.read(4)
        raw.seek(0)
        name += "" if start.startswith(_WIDE_BOMS) else "-le"
    return io.TextIOWrapper(raw, encoding=name, errors=_MARK, newline=None)


def lines_of(file: Path, encoding: str, most_bytes: int = 0) -> Iterator[Line]:
    """Physical lines from 1, ended by LF, CRLF or a bare CR, as an editor counts; of the first bytes if told so."""
    with opened(file) as raw:
        source = io.BytesIO(raw.read(most_bytes)) if most_bytes else raw
        stream = text_stream(source, encoding)
        number = 0
        while text := stream.readline(LONGEST_LINE):
            number += 1
            if len(text) == LONGEST_LINE and not text.endswith("\n"):
                yield Line(number, text[:200].encode("utf-8", "replace").decode(), "line_too_long")
                while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                    pass
            elif _NOT_TEXT.search(text):
                yield Line(number, text.rstrip("\n").encode("utf-8", "replace").decode(), "undecodable_text")
            else:
                yield Line(number, text.rstrip("\n"))
