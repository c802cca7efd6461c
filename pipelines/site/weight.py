"""How heavy the finished site is for a reader, held against budgets.

Belongs here: what a browser loads before anybody does anything, compressed as a web server sends it. Does not belong
here: making pages lighter (templates, charts), seconds (`pipelines/bench`).
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.errors import Problem

TEAM_PAGE_BYTES = 60_000
"""A team's page itself: what one more click costs who has the site's styles already."""
FIRST_PAGE_BYTES = 300_000
"""The overview of a reader who has nothing yet: page, styles, scripts, and the search that starts by itself."""

_ASSET = re.compile(r'<link\s[^>]*rel="?stylesheet"?[^>]*>|<script\s[^>]*src=[^>]*>')
_TARGET = re.compile(r'(?:href|src)="?([^">\s]+)')
_STARTED = (
    "assets/data/words.js", "assets/js/tables.js", "search/search_index.json", "assets/javascripts/workers/*.js",
)  # fmt: skip
"""Loaded by scripts as soon as a page stands, below the language root; a browser test keeps this list true."""


@dataclass(frozen=True)
class Weights:
    """Bytes after gzip."""

    tree: Path
    language: str

    @cached_property
    def first_page(self) -> dict[str, int]:
        """Everything the overview loads, by its path in the site."""
        root = self.tree / self.language
        found = {root / "index.html", *self._linked(root / "index.html")}
        found |= {file for pattern in _STARTED for file in root.glob(pattern)}
        return {file.relative_to(self.tree).as_posix(): compressed(file) for file in sorted(found)}

    @cached_property
    def team_pages(self) -> dict[str, int]:
        """Every team's page by its path in the site."""
        pages = sorted((self.tree / self.language / "teams").glob("?-*.html"))
        return {page.relative_to(self.tree).as_posix(): compressed(page) for page in pages}

    def _linked(self, page: Path) -> Iterator[Path]:
        for tag in _ASSET.findall(page.read_text(encoding="utf-8")):
            target = _TARGET.search(tag)
            if target:
                yield Path(posixpath.normpath(page.parent / target[1]))


def compressed(file: Path) -> int:
    """Bytes of a file as web servers send it."""
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def heavy(tree: Path, languages: Sequence[str]) -> list[Problem]:
    """What of a finished site is heavier than its budget; readers wait for it, so it is said, not hidden."""
    found = []
    for language in languages:
        weights = Weights(tree, language)
        whole = sum(weights.first_page.values())
        if whole > FIRST_PAGE_BYTES:
            most = max(weights.first_page, key=lambda path: weights.first_page[path])
            found.append(_over(f"{language}/index.html", whole, FIRST_PAGE_BYTES, f"most of it is {most}"))
        over = {page: size for page, size in weights.team_pages.items() if size > TEAM_PAGE_BYTES}
        if over:
            page = max(over, key=lambda path: over[path])
            fix = f"{len(over)} team pages are over it; smaller teams or fewer charts make them lighter"
            found.append(_over(page, over[page], TEAM_PAGE_BYTES, fix))
    return found


def _over(page: str, size: int, budget: int, fix: str) -> Problem:
    return Problem(
        f"the page is heavy: {size // 1000} kB compressed, the budget is {budget // 1000} kB",
        where=page,
        why="it takes long to open on a slow connection or an old machine",
        fix=fix,
    )
