"""Who was erased: marks by which a person or customer is known again, and that name nobody.

  erased/key            random bytes, for the owner only: without them no mark tells whom it means
  erased/<label>.json   a mark: the day, and keyed digests of the ids and names somebody had, and of the contacts and
                        coaching sessions that went with them, so that rows that hang on them do not come back either

Belongs here: writing and reading marks, and whether a text is of somebody erased. Does not belong here: which rows are
whose (`whose`), how they leave a delivery (`cut`), the removal as a whole (`retention`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.lake import Lake, write_atomically

FOLDER, KEY = "erased", "key"
PERSON, CUSTOMER = "person", "customer"
REASON = "erased"
"""Code of the reason under which rows of an erased person are counted as refused."""
_KEY_BYTES = 32
_DIGITS = 32
"""Hexadecimal digits kept of a digest."""
_FORMAT = 1


@dataclass(frozen=True)
class Mark:
    """Somebody erased. `label` stands where an id must not be empty; it is random and tells nothing."""

    label: str
    kind: str
    erased_on: str
    digests: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Contract table → digests of the ids by which other rows name a row that went."""


@dataclass(frozen=True)
class Erased:
    """Everybody who was erased from a lake."""

    key: bytes = field(repr=False)
    marks: tuple[Mark, ...]

    def has(self, kind: str) -> bool:
        """Whether anybody of this kind was erased; asked before millions of texts are."""
        return bool(self._known[kind])

    def links_to(self, table: str) -> bool:
        """Whether rows of `table` went that others may hang on."""
        return bool(self._linked.get(table))

    def person(self, text: str) -> str | None:
        """The label of the person with this id or name; None when nobody erased has it."""
        known = self._known[PERSON]
        return known.get(digest(self.key, "id", text)) or known.get(digest(self.key, "name", text))

    def customer(self, text: str) -> str | None:
        """The label of the customer with this key."""
        return self._known[CUSTOMER].get(digest(self.key, CUSTOMER, text))

    def is_linked(self, table: str, text: str) -> bool:
        """Whether this id names a row of `table` that went with somebody."""
        return digest(self.key, table, text) in self._linked.get(table, frozenset())

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        return {
            kind: {one: mark.label for mark in self.marks if mark.kind == kind for one in mark.digests}
            for kind in (PERSON, CUSTOMER)
        }

    @cached_property
    def _linked(self) -> Mapping[str, frozenset[str]]:
        tables = {table for mark in self.marks for table in mark.links}
        return {table: frozenset(one for mark in self.marks for one in mark.links.get(table, ())) for table in tables}


def digest(key: bytes, kind: str, text: str) -> str:
    """Keyed digest of a text: ids as written, names without regard to case and width of blanks."""
    spelling = unicodedata.normalize("NFC", text).strip()
    if kind == "name":
        spelling = " ".join(spelling.split()).lower()
    return hmac.new(key, f"{kind}\0{spelling}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def new_label() -> str:
    """A label that nobody has: random."""
    return f"erased-{secrets.token_hex(4)}"


def load(lake: Lake) -> Erased | None:
    """Everybody erased, None without anybody. Raises FloorwalkError when a mark or the key cannot be read."""
    found, faults = read(lake)
    if faults:
        raise FloorwalkError(faults, Exit.CHECKS_FAILED)
    return found


def read(lake: Lake) -> tuple[Erased | None, tuple[Problem, ...]]:
    """Everybody erased, and what is wrong with marks and key."""
    files = sorted((lake.root / FOLDER).glob("*.json"))
    marks, faults = list[Mark](), list[Problem]()
    for file in files:
        try:
            marks.append(_mark(file))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            faults.append(_unreadable(file))
    key = _key(lake)
    if files and key is None:
        faults.append(_no_key())
    return (Erased(key, tuple(marks)) if marks and key else None), tuple(faults)


def key_of(lake: Lake) -> bytes:
    """The key of the marks, made when there is none. Raises FloorwalkError when marks are there without their key."""
    key = _key(lake)
    if key is not None:
        return key
    folder = lake.root / FOLDER
    if any(folder.glob("*.json")):
        raise FloorwalkError(_no_key(), Exit.CHECKS_FAILED)
    folder.mkdir(mode=0o700, exist_ok=True)
    made = secrets.token_bytes(_KEY_BYTES)
    write_atomically(folder / KEY, made)
    return made


def write(lake: Lake, mark: Mark) -> None:
    """Put a mark in place, or in the place of the one of this label. The key must be there."""
    content = json.dumps({"format": _FORMAT} | asdict(mark), indent=1, sort_keys=True).encode()
    write_atomically(lake.root / FOLDER / f"{mark.label}.json", content)


def mend(lake: Lake, receipted: Iterable[Mark]) -> None:
    """Write marks again that cannot be read or are gone, as their receipts have them. Nothing without the key: digests
    of a lost key tell of nobody."""
    if _key(lake) is None:
        return
    found, _ = read(lake)
    whole = {mark.label for mark in found.marks} if found else set[str]()
    for mark in receipted:
        file = lake.root / FOLDER / f"{mark.label}.json"
        if mark.label in whole:
            continue
        if file.is_dir():
            file.rename(file.with_suffix(f".aside-{sum(1 for _ in file.parent.iterdir())}"))
        write(lake, mark)


def note(found: Erased, rows: Mapping[str, int]) -> Problem:
    """What a build says of rows that are left out because somebody asked for it; `rows` by the label of a table."""
    number = sum(mark.kind == PERSON for mark in found.marks)
    whose = "one erased person" if number == 1 else f"{number} erased people"
    told = ", ".join(f"{count:,} ({table})" for table, count in rows.items())
    return Problem(
        f"rows of {whose} left the totals: {told}",
        where=f"lake/{FOLDER}",
        why="figures of earlier days are others than before; nobody is named",
    )


def mark_of(raw: Mapping[str, object]) -> Mark:
    """A mark from what JSON holds of it. Raises KeyError, TypeError or ValueError when it is none."""
    digests, links = raw["digests"], raw["links"]
    if not isinstance(digests, list) or not isinstance(links, dict) or not digests:
        raise ValueError("no mark")
    texts = [raw["label"], raw["kind"], raw["erased_on"], *digests]
    if not all(isinstance(text, str) for text in texts) or raw["kind"] not in (PERSON, CUSTOMER):
        raise ValueError("no mark")
    return Mark(
        str(raw["label"]),
        str(raw["kind"]),
        str(raw["erased_on"]),
        tuple(digests),
        {str(table): tuple(map(str, ids)) for table, ids in links.items()},
    )


def _mark(file: Path) -> Mark:
    mark = mark_of(json.loads(file.read_text(encoding="utf-8")))
    if mark.label != file.stem:
        raise ValueError("this mark stands under another name")
    return mark


def _key(lake: Lake) -> bytes | None:
    try:
        handle = os.open(lake.root / FOLDER / KEY, os.O_RDONLY)
    except OSError:
        return None
    try:
        key = os.read(handle, _KEY_BYTES + 1)
    except OSError:
        return None
    finally:
        os.close(handle)
    return key if len(key) == _KEY_BYTES else None


_WHY = "somebody who was erased could come back with the next file, so nothing is taken in"


def _unreadable(file: Path) -> Problem:
    return Problem(
        "the mark of somebody who was erased cannot be read",
        where=f"lake/{FOLDER}/{file.name}",
        why=_WHY,
        fix="floorwalk doctor --work FOLDER --mend writes it again from its receipt. Without the receipt: restore it "
        "from the backup, or remove it and erase that person again with floorwalk purge",
    )


def _no_key() -> Problem:
    return Problem(
        "the key of the marks of people who were erased is missing or damaged",
        where=f"lake/{FOLDER}/{KEY}",
        why=_WHY,
        fix=f"restore this one file from the backup. Without a backup: remove lake/{FOLDER} and erase everybody who "
        "asked for it again with floorwalk purge",
    )
