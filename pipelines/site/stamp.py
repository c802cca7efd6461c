"""Filling a shell: the whole HTML page of a kind, with the places where title, summary, path and content go.

Belongs here: the placeholder tokens, cutting a shell at them, filling it. Does not belong here: building shells
(`shells`), what stands in the content (`pages`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.site.escape import visible_text

TOKEN_PREFIX = "fwplaceholder"  # noqa: S105 - not a secret
TITLE, SUMMARY, CONTENT, STEM = (f"{TOKEN_PREFIX}{name}x" for name in ("title", "summary", "content", "stem"))
"""Plain lower-case words, so that no Markdown, slug or URL rule on the way through the site builder changes them."""

CONTENT_BEGINS, CONTENT_ENDS = "<!--content-->", "<!--/content-->"
"""Marks around generated content; `verify` reads what stands between them. Data cannot write them: it is escaped."""

TITLE_LENGTH = 160
SUMMARY_LENGTH = 300

_TOKENS = re.compile(f"({TITLE}|{SUMMARY}|{CONTENT}|{STEM})")


@dataclass(frozen=True)
class Shell:
    """One page kind's HTML as the site builder made it, placeholders included."""

    kind: str
    path: str
    """Path template below the language root; its depth is the depth of every page filled into it."""
    html: str

    def __post_init__(self) -> None:
        """Refuse a token that came out of the site builder changed: nothing would ever fill it.

        Looked for here and not in finished pages, in which anybody may have written such a word.
        """
        if any(TOKEN_PREFIX in piece for piece in self._pieces[::2]):
            raise FloorwalkError(Problem("a placeholder cannot be filled", f"page kind {self.kind}"), Exit.BUG)

    @cached_property
    def _pieces(self) -> list[str]:
        return _TOKENS.split(self.html)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything the shell adds to a page."""
        return hashlib.sha256(f"{self.path}\n{self.html}".encode()).hexdigest()

    def fill(self, path: str, title: str, summary: str, content: Markup) -> str:
        """The whole page. Title and summary are plain text and are escaped here; `content` is HTML already.

        Raises FloorwalkError when `path` is not an .html path at the depth of the shell.
        """
        stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
        outside = path.startswith("/") or ".." in path.split("/") or "\\" in path
        if outside or not (stem and dot and suffix == "html") or path.count("/") != self.path.count("/"):
            raise FloorwalkError(_misplaced(self, path), Exit.BUG)
        shown = str(escape(visible_text(title, TITLE_LENGTH)))
        filling = {
            TITLE: shown,
            SUMMARY: str(escape(visible_text(summary, SUMMARY_LENGTH))),
            STEM: str(escape(stem)),
            CONTENT: f"{CONTENT_BEGINS}{content}{CONTENT_ENDS}",
        }
        pieces = self._pieces.copy()
        pieces[1::2] = [filling[token] for token in pieces[1::2]]
        return "".join(pieces)


@dataclass(frozen=True)
class Shells:
    """Everything the site builder made for one language: shells by page kind, and a folder of finished files."""

    language: str
    kinds: Mapping[str, Shell]
    files: Path
    """Hand-written pages, styles, scripts and the search index of the documents."""

    def fill(self, kind: str, path: str, title: str, summary: str, content: Markup) -> str:
        """The whole HTML page of a kind. Raises KeyError for a kind without a shell."""
        return self.kinds[kind].fill(path, title, summary, content)


def _misplaced(shell: Shell, path: str) -> Problem:
    return Problem(
        f"page path {path!r} does not fit {shell.path!r}",
        where=f"page kind {shell.kind}",
        why="links of the frame are relative to the depth of the page",
        fix="give it an .html path with as many folders",
    )
