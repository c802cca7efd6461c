"""Looks at a drop folder from outside: which files count, whether they have stopped changing, what their content is.

Belongs here: pure functions over file facts. Does not belong here: Dagster, or opening a file as data (`ingest`).
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SETTLE_SECONDS = 10.0
"""A file changed more recently than this may still be being written."""
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp")
"""Endings that copying programs give to files that are not complete."""


@dataclass(frozen=True)
class Fact:
    """What is known of one file. `content` is its SHA-256 once it has been read, else empty."""

    size: int
    changed_ns: int
    content: str = ""

    def same_stat(self, other: Fact | None) -> bool:
        """Neither size nor time of change differs."""
        return other is not None and (self.size, self.changed_ns) == (other.size, other.changed_ns)


Facts = Mapping[str, Fact]


def look(drop: Path) -> dict[str, Fact]:
    """Size and time of every file by path below the drop. Links, dotfiles and unfinished copies do not count."""
    facts: dict[str, Fact] = {}
    for path in sorted(drop.rglob("*")):
        name = path.relative_to(drop)
        if any(part.startswith(".") for part in name.parts) or path.name.lower().endswith(UNFINISHED):
            continue
        if any((drop / parent).is_symlink() for parent in (name, *name.parents[:-1])):
            continue
        try:
            found = path.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISREG(found.st_mode):
            facts[name.as_posix()] = Fact(found.st_size, found.st_mtime_ns)
    return facts


def settled(now: Facts, before: Facts, clock_seconds: float) -> bool:
    """Two looks in a row saw the same files, none of them changed a moment ago. An empty drop is never settled."""
    if not now or now.keys() != before.keys():
        return False
    quiet_since = (clock_seconds - SETTLE_SECONDS) * 1e9
    return all(
        fact.same_stat(before[name]) and not quiet_since < fact.changed_ns <= clock_seconds * 1e9
        for name, fact in now.items()
    )


def with_content(drop: Path, now: Facts, before: Facts) -> dict[str, Fact]:
    """The facts with each file's hash; a file that has not changed since it was last hashed is not read again."""
    hashed: dict[str, Fact] = {}
    for name, fact in now.items():
        known = before.get(name)
        content = known.content if known and known.content and fact.same_stat(known) else _sha256(drop / name)
        hashed[name] = Fact(fact.size, fact.changed_ns, content)
    return hashed


def content_key(facts: Facts) -> str:
    """One key for the content of the whole drop: names do not matter, a corrected file does."""
    return hashlib.sha256("\n".join(sorted(fact.content for fact in facts.values())).encode()).hexdigest()[:32]


def to_cursor(facts: Facts) -> str:
    """The facts as text, for a sensor to remember."""
    return json.dumps({name: [fact.size, fact.changed_ns, fact.content] for name, fact in facts.items()})


def from_cursor(text: str | None) -> dict[str, Fact]:
    """The facts a sensor remembered; none on its first look."""
    return {name: Fact(*fact) for name, fact in json.loads(text or "{}").items()}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
