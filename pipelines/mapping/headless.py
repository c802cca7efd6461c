"""A delimited file without a header line: is it one, and by what could it be told from others?

Belongs here: the first lines of such a file, its delimiter, and the expression `recognise`. Does not belong here: what
the places mean (`match`, `stated`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.ingest.readers import Head, literal

_KINDS = {
    "a moment": re.compile(r"(19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}(:\d{2})?([.]\d+)?(Z|[+-]\d\d:?\d\d)?"),
    "seconds since 1970": re.compile(r"1\d{9}([.]\d+)?"),
    "milliseconds since 1970": re.compile(r"1\d{12}"),
    "a date": re.compile(r"(19|20)\d\d[-/]?\d{2}[-/]?\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}( \d{1,2}:\d{2}.*)?"),
    "a whole number": re.compile(r"\d{1,9}"),
}
_HOLDS = {
    "a moment": "as_timestamp(left({id}, 19)) is not null",
    "seconds since 1970": "regexp_full_match({id}, '1[0-9]{{9}}([.][0-9]+)?')",
    "milliseconds since 1970": "regexp_full_match({id}, '1[0-9]{{12}}')",
    "a date": "regexp_matches({id}, '^[0-9]{{1,4}}[-./]?[0-9]{{1,2}}[-./]?[0-9]{{1,4}}')",
}
_CODE = re.compile(r"[A-Z][A-Z _-]{1,30}")
_SHARE = 0.9
_MOST_CODES = 25


@dataclass(frozen=True)
class Headless:
    """`recognise` says it over ids p1, p2, …; `why` says the same to a person."""

    delimiter: str
    places: int
    is_ragged: bool
    recognise: str
    why: tuple[str, ...]


def headless(heads: Sequence[Head]) -> Headless | None:
    """The delimiter under which a place holds the same kind of value from the first line on; None where none does."""
    found = [one for head in heads if (one := _of(head)) is not None]
    return max(found, key=lambda one: (len(one.why), one.places), default=None)


def _of(head: Head) -> Headless | None:
    rows = [row.cells for row in head.rows]
    widths = Counter(map(len, rows))
    places = max(widths, default=0)
    if places < 3 or len(rows) < 2:
        return None
    conditions: list[str] = []
    why: list[str] = []
    timed = False
    for place in range(places):
        texts = [row[place].strip() if place < len(row) else "" for row in rows]
        for condition, said, is_time in _told(f"p{place + 1}", texts):
            timed = timed or is_time
            conditions.append(condition)
            why.append(f"place {place + 1} holds {said}")
    if not timed:
        return None
    return Headless(head.header.delimiter, places, len(widths) > 1, " and ".join(conditions[:3]), tuple(why[:3]))


def _told(name: str, texts: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """What a place always is, from its first line: that line is then no heading."""
    for kind, holds in _HOLDS.items():
        pattern = _KINDS[kind]
        if pattern.fullmatch(texts[0]) and sum(map(bool, map(pattern.fullmatch, texts))) >= _SHARE * len(texts):
            yield holds.format(id=name), kind, True
            return
    codes = Counter(text for text in texts if text)
    if all(map(_CODE.fullmatch, texts)) and len(codes) <= min(_MOST_CODES, max(1, len(texts) // 2)):
        if len(texts) >= 20:
            listed = ", ".join(literal(code) for code in sorted(codes))
            yield f"{name} in ({listed})", "one of a few codes", False
        else:
            yield f"regexp_full_match({name}, '[A-Z][A-Z _-]*')", "a code in capital letters", False
