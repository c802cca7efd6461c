"""The method's terms with their meanings, read from where they are written: docs/<language>/method/glossary.md.

Belongs here: reading its tables, marking terms in the headings of a page's tables. Does not belong here: what KPIs mean
(the catalogue says it), tooltips (assets/js/terms.js).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines import chinese
from pipelines.settings import PROJECT

DOCUMENT = "method/glossary"
"""Path below a language's documents and below its pages, without ending."""

EVERYDAY = frozenset({"measure", "agent", "team", "team-leader", "contact", "queue", "points", "preview", "score"})
"""Terms that head a column as plain words: what they mean there is said by the page."""

_ROW = re.compile(
    r"^\| (?P<own>[^|]+) \| (?P<other>[^|]+) \| (?P<meaning>[^|]+?) \{ #(?P<term_id>[a-z-]+) \} \|$", re.M
)
_HEADING = re.compile(r"<th(?P<attributes>[^>]*)>(?P<text>[^<>]+)</th>")
_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]$")


@dataclass(frozen=True)
class Term:
    """One row of the glossary: the term in the page's language and in the other one, and what it means."""

    term_id: str
    own: str
    other: str
    meaning: str

    @property
    def href(self) -> str:
        """Where it stands, below the language root."""
        return f"{DOCUMENT}.html#{self.term_id}"


@lru_cache
def terms(language: str, project: Path = PROJECT) -> tuple[Term, ...]:
    """Every term of a language's glossary, in its order; none where a language has no glossary."""
    file = document(language, project)
    text = chinese.document(file.read_text(encoding="utf-8"), language) if file.is_file() else ""
    return tuple(Term(**found.groupdict()) for found in _ROW.finditer(text))


def document(language: str, project: Path = PROJECT) -> Path:
    """The glossary of a language, or the one it is written from."""
    return project / "docs" / chinese.source(language) / f"{DOCUMENT}.md"


def marked(content: str, language: str) -> str:
    """The page with `data-fw-term` on every table heading that is a term, so that its meaning can be shown there."""
    known = _by_name(language)

    def mark(heading: re.Match[str]) -> str:
        term_id = known.get(plain(heading["text"]))
        return f'<th{heading["attributes"]} data-fw-term="{term_id}">{heading["text"]}</th>' if term_id else heading[0]

    return _HEADING.sub(mark, content)


def plain(text: str) -> str:
    """A heading or term as it is compared: without what stands in brackets behind it, in lower case."""
    return _ASIDE.sub("", text.strip()).casefold()


@lru_cache
def _by_name(language: str) -> Mapping[str, str]:
    told = (term for term in terms(language) if term.term_id not in EVERYDAY)
    return {plain(name): term.term_id for term in told for name in re.split(r",\s|、", term.own)}
