"""What one pass over the bytes of a text file shows, so that DuckDB can be trusted with it and spared work.

Belongs here: looking at bytes. Does not belong here: encodings (`encodings`), lines as text (`decode`), reading
(`delimited`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.ingest.decode import LONGEST_LINE, still_valid
from pipelines.ingest.opening import opened

_CHUNK = 1 << 19
"""Small enough to stay near the processor while it is looked at several times."""
_FEED, _RETURN, _BLANK = b"\n"[0], b"\r"[0], b" "[0]
_ODD_BLANKS = re.compile(rb"\xc2\xa0|\xe3\x80\x80|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]")
_ODD_BEGINNINGS = (b"\xc2\xa0", b"\xe3\x80\x80", b"\xef\xbb\xbf", b"\xe2\x80", b"\xe2\x81")
_LONGEST_CHARACTER = 3
"""Bytes of the longest of these."""


@dataclass(frozen=True)
class Shape:
    """`plain`: valid UTF-8, one kind of line end, no blank or over-long line, no NUL, so that a line of the file and a
    line read by DuckDB are the same thing. The other three say what might be, and are true when `plain` is not."""

    lines: int
    plain: bool
    odd_blanks: bool = True
    """Tabs or blanks beyond ASCII that may surround a cell."""
    blanks: bool = True
    """A blank beside a delimiter, a quote or a line end."""
    quotes: bool = True
    empty_beginnings: bool = True
    """A line that begins with a delimiter, a quote or a blank: no other can be a line without any value."""


NOT_PLAIN = Shape(0, False)


def shape_of(file: Path, delimiter: str) -> Shape:
    """Scan the bytes once, in chunks, up to where they show that the file is not plain."""
    scan = _Scan(delimiter.encode())
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            if not scan.is_plain_with(chunk):
                return NOT_PLAIN
    return scan.shape()


class _Scan:
    """What the chunks so far have shown."""

    def __init__(self, delimiter: bytes) -> None:
        self._delimiter = delimiter
        self._beside = np.frombuffer(b'\n\r"' + delimiter, np.uint8)
        self._nothing = np.frombuffer(b'" ' + delimiter, np.uint8)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._tail, self._size, self._last_feed = b"", 0, -2
        self._feeds = self._returns = self._pairs = 0
        self._odd = self._quotes = self._tabs = self._empty = False
        self._blanks = len(delimiter) != 1

    def is_plain_with(self, chunk: bytes) -> bool:
        if b"\0" in chunk or not still_valid(self._decoder, chunk):
            return False
        self._quotes = self._quotes or b'"' in chunk
        self._tabs = self._tabs or b"\t" in chunk
        # a byte order mark at the beginning is no cell's
        beyond = chunk.removeprefix(codecs.BOM_UTF8) if not self._size else self._tail + chunk
        self._odd = self._odd or (not chunk.isascii() and _has_odd_blank(beyond))
        # the byte before is looked at again: what stands beside it comes now; a file begins as if after a line end
        window = (self._tail[-1:] or b"\n") + chunk
        codes = np.frombuffer(window, np.uint8)
        is_plain = self._lines(codes, b"\r" in window)
        if not self._blanks and b" " in window:
            self._blanks = self._has_blank_beside(codes)
        self._tail = (self._tail + chunk[-_LONGEST_CHARACTER:])[-_LONGEST_CHARACTER:]
        self._size += len(chunk)
        return is_plain

    def _lines(self, codes: NDArray[np.uint8], has_returns: bool) -> bool:
        """Count the line ends of a chunk behind its first byte; whether no line is blank or too long."""
        feeds = np.flatnonzero(codes[1:] == _FEED)
        lengths = np.diff(feeds + self._size, prepend=self._last_feed)
        after_return = codes[feeds] == _RETURN
        if has_returns:
            self._returns += int(np.count_nonzero(codes[1:] == _RETURN))
            self._pairs += int(np.count_nonzero(after_return))
        self._feeds += len(feeds)
        if len(feeds):
            self._last_feed = int(feeds[-1]) + self._size
        begins = codes[feeds[feeds < len(codes) - 2] + 2]
        after_last = codes[1:2] if codes[0] == _FEED else codes[:0]
        self._empty = self._empty or any(bool(np.isin(some, self._nothing).any()) for some in (begins, after_last))
        longest = max(int(lengths.max(initial=0)), self._size + len(codes) - 1 - self._last_feed)
        is_blank = (lengths == 1) | ((lengths == 2) & after_return)
        return longest <= LONGEST_LINE and not bool(is_blank.any())

    def _has_blank_beside(self, codes: NDArray[np.uint8]) -> bool:
        at = np.flatnonzero(codes == _BLANK)
        before, after = codes[at[at > 0] - 1], codes[at[at < len(codes) - 1] + 1]
        return bool(np.isin(before, self._beside).any() or np.isin(after, self._beside).any())

    def shape(self) -> Shape:
        valid = still_valid(self._decoder, b"", final=True)
        ended = self._tail.endswith((b"\n", b"\r")) or not self._tail
        one_kind = self._returns == self._pairs and self._pairs in (0, self._feeds)
        if not (valid and one_kind):
            return NOT_PLAIN
        return Shape(
            self._feeds + (0 if ended else 1),
            plain=True,
            odd_blanks=self._odd or (self._tabs and (self._quotes or self._delimiter != b"\t")),
            blanks=self._blanks or self._tail.endswith(b" "),
            quotes=self._quotes,
            empty_beginnings=self._empty,
        )


def _has_odd_blank(window: bytes) -> bool:
    if not any(beginning in window for beginning in _ODD_BEGINNINGS):
        return False
    return _ODD_BLANKS.search(window) is not None
