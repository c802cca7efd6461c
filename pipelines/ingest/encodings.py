"""Which encoding is this file in? The answer with its evidence, from the bytes alone.

Belongs here: weighing the bytes. Does not belong here: turning them into lines (`decode`), an encoding that a layout
states (`candidates`).

A file may be damaged: some of its lines hold a few bytes of something else. Valid UTF-8 does not come about by chance,
so a file of which half the lines are UTF-8 is UTF-8, and its other lines are refused one by one; read as anything else,
every name of it would be another person's.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from pipelines.ingest.decode import CHUNK, LONGEST_LINE, still_valid
from pipelines.ingest.opening import opened

_SAMPLE_LINES, _SAMPLE_BYTES = 2000, 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_ENCODINGS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
"""Codecs of Python that turn harmless bytes into something else, or are no encodings of files."""
NEARLY_ALL, HALF, MOST = 0.9, 0.5, 0.75
_PROOF = 12
"""Bytes after the first in different characters of UTF-8, twice over: six accented letters, three Chinese characters.
So many are never valid by chance, even among lines that are GB18030 from end to end."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x80-\xff]{2}")
"""Any other script than Latin, and every encoding with two bytes to a character, has such pairs in most words."""
_STRAY = re.compile("[\udc80-\udcff]")
"""What `surrogateescape` makes of a byte that is no UTF-8."""
_BIG5_WORD = re.compile(rb"(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe]){2,}")
"""Two or more of the characters that Big5 lists as common; a single one is as well an accented letter and its next."""
_BIG5 = re.compile(rb"(?:[\xa1-\xf9][\x40-\x7e\xa1-\xfe]|[\x00-\x7f])*")
_WESTERN = re.compile("[ -~\t\r\n€Ž‘’“”•–—™šœžŸ\u00a0¡£§©«®°´·º»¿À-ÖØ-öø-ÿ]*")
"""What is written in windows-1252, without signs that only another encoding's letters would turn into."""
_LATIN = re.compile("[\u0000-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f]*")


@dataclass(frozen=True)
class Encoding:
    """A Python codec name and why it was chosen."""

    name: str
    evidence: str

    @property
    def is_proven(self) -> bool:
        """Whether the bytes leave no other; else an encoding that the layout states counts."""
        if self.evidence == _NOTHING:
            return False
        return self.evidence == "byte order mark" or self.name in ("utf-8", "utf-16-le", "utf-16-be")


_GUESS = "best guess by the frequency of characters; state it in the layout"
_NOTHING = "nothing fits; lines that are not UTF-8 are refused"


def is_encoding(name: str) -> bool:
    """Whether a layout may name this encoding: a character set of files, not one of Python's other transformations."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return bool(getattr(found, "_is_text_encoding", True)) and found.name.replace("_", "-") not in _NO_ENCODINGS


def encoding_of(file: Path) -> Encoding:
    """Find the encoding from the bytes: byte order mark, NUL pattern, valid UTF-8, else what most lines make sense in,
    else charset-normalizer's best guess."""
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
    return _of_lines(_lines_beyond_ascii(file))


def _of_lines(lines: Sequence[bytes]) -> Encoding:
    utf8 = _share(_is_utf8, lines)
    if utf8 >= NEARLY_ALL or _is_damaged_utf8(lines, utf8):
        return _sensible("utf-8", utf8, lines)
    for name, makes_sense in (("gb18030", _is_common_chinese), ("big5", _is_common_big5)):
        if (share := _share(makes_sense, lines)) >= NEARLY_ALL:
            return _sensible(name, share, lines)
    if utf8 >= HALF:
        return _sensible("utf-8", utf8, lines)
    best = charset_normalizer.from_bytes(b"\n".join(lines), cp_exclusion=["utf_7"]).best()
    if best is None or not is_encoding(best.encoding):
        return Encoding("utf-8", _NOTHING)
    return Encoding(_western(lines, str(best), str(best.encoding)), _GUESS)


def _sensible(name: str, share: float, lines: Sequence[bytes]) -> Encoding:
    return Encoding(name, f"{share:.0%} of {len(lines)} lines beyond ASCII make sense in it")


def _share(makes_sense: Callable[[bytes], bool], lines: Sequence[bytes]) -> float:
    return sum(map(makes_sense, lines)) / len(lines)


def _valid_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(file) as stream:
        while chunk := stream.read(CHUNK):
            if not still_valid(decoder, chunk):
                return False
    return still_valid(decoder, b"", final=True)


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


def _is_damaged_utf8(lines: Sequence[bytes], share: float) -> bool:
    """Half of the lines are UTF-8, or nearly all bytes beyond ASCII in spite of damage all over; either way so many
    different characters that it is no chance."""
    text = b"\n".join(lines).decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    proof = sum(2 * (len(character.encode()) - 1) for character in set(_STRAY.sub("", text)) if not character.isascii())
    beyond = sum(len(_BEYOND_ASCII.findall(line)) for line in lines)
    return proof >= _PROOF and (share >= HALF or beyond - strays >= MOST * beyond)


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


def _is_common_big5(line: bytes) -> bool:
    return _BIG5_WORD.search(line) is not None and _BIG5.fullmatch(line) is not None


def _western(lines: Sequence[bytes], text: str, guess: str) -> str:
    """windows-1252 in place of a rarer sibling that was guessed, where the bytes are as good a text in it."""
    try:
        western = b"\n".join(lines).decode("cp1252")
    except UnicodeDecodeError:
        return guess
    usual = _LATIN.fullmatch(text) or not any(map(_PAIR.search, lines))
    return "cp1252" if usual and _WESTERN.fullmatch(western) else guess
