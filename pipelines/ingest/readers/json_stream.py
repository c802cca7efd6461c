"""A JSON document read value by value: memory is that of one record, however long the document.

Belongs here: where values begin and end in a stream of text, and the way to the list of records. Does not belong here:
what the fields of a record are called (`json_objects`).

Python's own decoder reads each value, so numbers and texts mean what they mean in JSON Lines; this only feeds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from pipelines.ingest.readers import SOURCE_TEXT_LIMIT, Unreadable

CHUNK = 1 << 20
LONGEST_VALUE = 1 << 24
"""Characters of the longest value that is decoded in one piece: a record, or what stands beside the records."""
_BLANKS = " \t\n\r\ufeff"
_CUT = 16
"""A complaint this close to the end of the text at hand may only mean that the text goes on."""


@dataclass(frozen=True)
class Faulty:
    """A value that Python's decoder would take and that is none: a name twice in one object, NaN or Infinity."""

    reason: str
    text: str


class Decoder:
    """Decodes one value, strictly."""

    def __init__(self) -> None:
        self._faults: list[str] = []
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)

    def decoded(self, text: str, at: int = 0) -> tuple[object, int]:
        """The value that begins at `at`, or what is wrong with it, and where it ends."""
        self._faults.clear()
        value, end = self._decoder.raw_decode(text, at)
        return (Faulty(self._faults[0], text[at : at + SOURCE_TEXT_LIMIT]) if self._faults else value), end

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._faults.append("repeated_key")
        return found

    def _constant(self, _: str) -> None:
        self._faults.append("not_json")


class Stream:
    """Values of a text of JSON, one at a time. `line` is that of the next character, from 1."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._text, self._at, self._ended = stream, "", 0, False
        self._decoder = Decoder()
        self.line = 1

    def peek(self) -> str:
        """The next character that is not blank, without taking it; empty at the end."""
        while True:
            start = self._at
            while self._at < len(self._text) and self._text[self._at] in _BLANKS:
                self._at += 1
            self.line += self._text.count("\n", start, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, expected: str) -> str:
        """Take the next character, which must be one of the expected."""
        found = self.peek()
        if not found or found not in expected:
            raise self._damaged()
        self._at += 1
        return found

    def value(self) -> object:
        """Take one whole value."""
        if not self.peek():
            raise self._damaged()
        while True:
            try:
                value, end = self._decoder.decoded(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _CUT
                if not cut or self._ended:
                    self.line += self._text.count("\n", self._at, error.pos)
                    raise self._damaged() from error
            except (ValueError, RecursionError) as error:
                raise self._damaged() from error
            else:
                if end < len(self._text) - _CUT or self._ended:  # a number near the end may go on: 0.5 after 0
                    self.line += self._text.count("\n", self._at, end)
                    self._at = end
                    return value
            self._more()

    def _more(self) -> bool:
        """Read on; each time as much as is at hand, so that a long value is not tried too often."""
        if self._ended:
            return False
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > LONGEST_VALUE:
            raise Unreadable(f"the JSON document holds a value of more than 16 million characters at line {self.line}")
        try:
            further = self._stream.read(max(CHUNK, len(self._text)))
        except UnicodeError as error:
            raise Unreadable(f"the JSON document holds bytes that are not text, after line {self.line}") from error
        self._text += further
        self._ended = not further
        return bool(further)

    def _damaged(self) -> Unreadable:
        return Unreadable(f"the JSON document is damaged or incomplete at line {self.line}")


def records_of(stream: TextIO, path: tuple[str, ...]) -> Iterator[tuple[int, object]]:
    """Line and value of each record: the elements of the list at `path` of each document, or the value there itself.

    A document without `path` gives itself under the line -its line. Raises Unreadable at the first damage.
    """
    text = Stream(stream)
    while text.peek():
        yield from _within(text, path)


def _within(text: Stream, path: tuple[str, ...]) -> Iterator[tuple[int, object]]:
    opening = text.peek()
    if opening == "[":
        yield from _elements(text, path)
    elif path and opening == "{":
        yield from _members(text, path)
    else:
        line = text.line
        value = text.value()
        yield (-line if path else line), value


def _elements(text: Stream, path: tuple[str, ...]) -> Iterator[tuple[int, object]]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        if path:
            yield from _within(text, path)
        else:
            text.peek()
            yield text.line, text.value()
        if text.take(",]") == "]":
            return


def _members(text: Stream, path: tuple[str, ...]) -> Iterator[tuple[int, object]]:
    line, found = text.line, False
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        yield -line, {}
        return
    while True:
        if text.peek() != '"':
            text.take('"')
        key = text.value()
        text.take(":")
        if key == path[0]:
            found = True
            yield from _within(text, path[1:])
        else:
            text.value()
        if text.take(",}") == "}":
            break
    if not found:
        yield -line, {}
