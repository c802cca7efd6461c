"""Bytes to text: which encoding a file is in, with the evidence, and its physical lines, one at a time.

Belongs here: encodings, line ends, lines that are not text. Does not belong here: columns and quotes (`readers`).
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import charset_normalizer

from pipelines.ingest.opening import opened

CHUNK = 1 << 24
LONGEST_LINE = 1 << 20
"""Characters of the longest line taken as a row; DuckDB refuses a whole file for a line above 2 MB."""
_SAMPLE_LINES, _SAMPLE_BYTES = 2000, 1 << 20
HEAD_BYTES = 32 << 20
"""Most bytes read to see the first lines of a file; the first line may be the whole file."""
_ODD_BLANKS = re.compile(rb"\xc2\xa0|\xe3\x80\x80|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]")
_ODD_BEGINNINGS = (b"\xc2\xa0", b"\xe3\x80\x80", b"\xef\xbb\xbf", b"\xe2\x80", b"\xe2\x81")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = re.compile("[\ud800-\udfff\x00]")
_NO_ENCODINGS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
"""Codecs of Python that turn harmless bytes into something else, or are no encodings of files."""
_MARK = "floorwalk-mark"
codecs.register_error(_MARK, lambda error: ("\udcff", error.end))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Encoding:
    """A Python codec name and why it was chosen."""

    name: str
    evidence: str


@dataclass(frozen=True)
class Shape:
    """What one pass over the bytes shows.

    `plain`: valid UTF-8, one kind of line end, no blank or over-long line, no NUL, so that a line of the file and a
    line read by DuckDB are the same thing. `odd_blanks`: tabs or blanks beyond ASCII that may surround a cell.
    """

    lines: int
    plain: bool
    odd_blanks: bool


@dataclass(frozen=True)
class Line:
    """One physical line without its end. `fault` is a row reason when the line is not usable as text."""

    number: int
    text: str
    fault: str | None = None


def shape_of(file: Path) -> Shape:
    """Scan the bytes once, in chunks, up to where they show that the file is not plain."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = pairs = 0
    valid, plain, odd, tail = True, True, False, b""
    with opened(file) as stream:
        while chunk := stream.read(CHUNK):
            window = tail + chunk
            feeds += chunk.count(b"\n")
            if found := chunk.count(b"\r"):
                returns += found
                plain = plain and b"\n\r\n" not in window
            pairs += window.count(b"\r\n") - tail.count(b"\r\n") if returns else 0
            plain = plain and b"\n\n" not in window and b"\0" not in chunk and not _has_long_line(window)
            odd = odd or b"\t" in chunk or _has_odd_blank(window)
            valid = valid and _still_valid(decoder, chunk)
            if not (plain and valid):
                return Shape(0, False, True)
            tail = window[-LONGEST_LINE:] if len(window) > LONGEST_LINE else window[-2:]
    valid = valid and _still_valid(decoder, b"", final=True)
    ended = tail.endswith((b"\n", b"\r")) or not tail
    one_kind = returns == pairs and pairs in (0, feeds)
    return Shape(max(feeds, returns) + (0 if ended else 1), plain and valid and one_kind, odd)


def _valid_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(file) as stream:
        while chunk := stream.read(CHUNK):
            if not _still_valid(decoder, chunk):
                return False
    return _still_valid(decoder, b"", final=True)


def _still_valid(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    if chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _has_long_line(window: bytes) -> bool:
    position = 0
    while position + LONGEST_LINE < len(window):
        end = window.rfind(b"\n", position, position + LONGEST_LINE)
        if end < 0:
            return True
        position = end + 1
    return False


def _has_odd_blank(window: bytes) -> bool:
    if window.isascii() or not any(beginning in window for beginning in _ODD_BEGINNINGS):
        return False
    return _ODD_BLANKS.search(window) is not None


def is_encoding(name: str) -> bool:
    """Whether a layout may name this encoding: a character set of files, not one of Python's other transformations."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return bool(getattr(found, "_is_text_encoding", True)) and found.name.replace("_", "-") not in _NO_ENCODINGS


def encoding_of(file: Path) -> Encoding:
    """Find the encoding from the bytes: byte order mark, NUL pattern, valid UTF-8, else the share of lines that make
    sense as UTF-8 or GB18030, else charset-normalizer's best guess."""
    with opened(file) as stream:
        head = stream.read(1 << 16)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, "byte order mark")
    if len(head) > 1 and head[1::2].count(0) > len(head) // 6 and head[1::2].count(0) > 3 * head[0::2].count(0):
        return Encoding("utf-16-le", "every second byte is zero")
    if len(head) > 1 and head[0::2].count(0) > len(head) // 6 and head[0::2].count(0) > 3 * head[1::2].count(0):
        return Encoding("utf-16-be", "every first byte is zero")
    if _valid_utf8(file):
        return Encoding("utf-8", "all bytes are valid UTF-8")
    lines = _lines_beyond_ascii(file)
    for name, makes_sense in (("utf-8", _is_utf8), ("gb18030", _is_common_chinese)):
        share = sum(makes_sense(line) for line in lines) / len(lines)
        if share >= 0.9:
            return Encoding(name, f"{share:.0%} of {len(lines)} lines beyond ASCII make sense in it")
    best = charset_normalizer.from_bytes(b"\n".join(lines), cp_exclusion=["utf_7"]).best()
    if best is not None and is_encoding(best.encoding):
        return Encoding(str(best.encoding), "best guess by the frequency of characters; state it in the layout")
    return Encoding("utf-8", "nothing fits; lines that are not UTF-8 are refused")


def _lines_beyond_ascii(file: Path) -> list[bytes]:
    found: list[bytes] = []
    taken = 0
    with opened(file) as stream:
        while len(found) < _SAMPLE_LINES and taken < _SAMPLE_BYTES and (line := stream.readline(LONGEST_LINE)):
            if not line.isascii():
                found.append(line)
                taken += len(line)
    return found


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_common_chinese(line: bytes) -> bool:
    """GB18030 maps nearly any two bytes to some character; text in it uses those of GB2312 nearly always."""
    try:
        beyond = [character for character in line.decode("gb18030") if not character.isascii()]
    except UnicodeDecodeError:
        return False
    return sum(_in_gb2312(character) for character in beyond) >= 0.9 * len(beyond)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
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
