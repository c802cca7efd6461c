"""What changed since the last site: signals, the system, tiers, rules, data, and figures that were corrected.

Belongs here: the page, the section of the overview, the feed and the digest as files. Does not belong here: what a
change is (dbt_project, models/marts/changes), sentences (`_changes_words`, `_changes_lines`), the format of a feed or
a mail (`_changes_feed`). An edition is a published site that said something else than the one before.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.marts import Change, Edition, Restatement, rows
from pipelines.site import policy, templates
from pipelines.site.areas import _changes_feed, _changes_lines, _changes_words
from pipelines.site.areas._changes_parts import Book, Corrected, EditionPart, corrected, part_of
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.source import File
from pipelines.site.status import Status

ORDER = 5
LOG_ROWS = 200
"""Corrections that the page lists; older ones stay in the mart and the lake."""
FEED_ENTRIES = 30
FOLDER = "changes"


@dataclass(frozen=True)
class ChangesPage:
    """changes/index.html; `part` is None while nothing dated was delivered."""

    status: Status
    part: EditionPart | None
    log: tuple[Corrected, ...]
    log_count: int
    tiers_href: str
    systemic_href: str
    data_href: str


@dataclass(frozen=True)
class OverviewPart:
    """The section of the overview."""

    part: EditionPart
    href: str


def load(folder: Path) -> Book:
    """The marts of one build; changes and corrections by edition, editions newest first."""
    changes: dict[int, list[Change]] = defaultdict(list)
    for change in rows(folder, Change, "kind <> 'restated'"):
        changes[change.edition].append(change)
    restatements: dict[int, list[Restatement]] = defaultdict(list)
    for restatement in rows(folder, Restatement):
        restatements[restatement.edition].append(restatement)
    return Book(
        editions=tuple(reversed(rows(folder, Edition))),
        changes={edition: tuple(found) for edition, found in changes.items()},
        restatements={edition: tuple(found) for edition, found in restatements.items()},
    )


def changes(finder: Finder) -> ChangesPage:
    """The newest edition against the one before, and the log of corrections over all editions."""
    book: Book = finder.book("changes")
    every = [row for edition in book.editions for row in book.restatements.get(edition.edition, ())]
    return ChangesPage(
        status=finder.status(),
        part=_current(finder),
        log=tuple(corrected(finder, every[:LOG_ROWS])),
        log_count=len(every),
        tiers_href=f"{finder.root}tiers/index.html",
        systemic_href=f"{finder.root}systemic/index.html",
        data_href=f"{finder.root}data/index.html",
    )


def on_overview(finder: Finder) -> OverviewPart | None:
    """One sentence where something changed."""
    part = _current(finder)
    if part is None or part.edition.is_first:
        return None
    return OverviewPart(part, f"{finder.root}{FOLDER}/index.html")


def files(site: Site, say: Voice) -> Iterator[File]:
    """The feed, and the newest edition as a mail and as plain text."""
    finder = Finder(site, "../")
    book: Book = finder.book("changes")
    parts = tuple(part_of(finder, edition) for edition in book.editions[:FEED_ENTRIES])
    origin = book.editions[-1].content_digest if book.editions else ""
    code = templates.code_digest("changes", say.language)
    for name, write in (
        ("feed.xml", partial(_changes_feed.feed, say, parts, origin)),
        ("digest.html", partial(_changes_feed.digest, say, parts[:1])),
        ("digest.txt", partial(_changes_feed.plain_text, say, parts[:1])),
    ):
        seen = f"{code} {name} {origin} {parts!r} {site.kpis!r} {policy.tag()}"
        yield File(f"{FOLDER}/{name}", hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest(), write)


def _current(finder: Finder) -> EditionPart | None:
    book: Book = finder.book("changes")
    current = next((edition for edition in book.editions if edition.is_current), None)
    return part_of(finder, current) if current and current.as_of else None


PAGES = {"changes": changes}
SUMMARIES = {"changes": _changes_words.summary}
words = _changes_words
lines = _changes_lines
