"""Reading the hand-written documents for tests: pages, prose without code, table rows, and the Chinese of a sentence.

Does not belong here: what is demanded of a document (test_documents), of the numbers in it (test_document_numbers).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines import words
from pipelines.settings import PROJECT

DOCS = PROJECT / "docs"
PAGES = sorted(path.relative_to(DOCS / "en").as_posix() for path in (DOCS / "en").rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
TABLE_ROW = re.compile(r"^ *\|(.+)\|$", re.MULTILINE)


@lru_cache
def text(language: str, page: str) -> str:
    """The page as it lies on disk."""
    return (DOCS / language / page).read_text(encoding="utf-8")


def body(language: str, page: str) -> str:
    """The page without front matter and without code blocks."""
    return re.sub(r"^```.*?^```", "", text(language, page).split("---", 2)[2], flags=re.MULTILINE | re.DOTALL)


def prose(language: str, page: str) -> str:
    """The body in one line, so that a sentence is found wherever its lines end."""
    return re.sub(r"\s+", " ", body(language, page))


def rows(language: str, page: str) -> list[list[str]]:
    """Cells of every table row that is no ruler."""
    found = ([cell.strip() for cell in row.split("|")] for row in TABLE_ROW.findall(body(language, page)))
    return [cells for cells in found if not all(re.fullmatch(r":?-+:?", cell) for cell in cells)]


@lru_cache
def _translations() -> dict[str, str]:
    return dict(words.load(PROJECT / "site_templates" / "words", "zh").sentences)


def in_language(language: str, sentence: str) -> str:
    """A sentence of the pages as readers of this language see it."""
    return sentence if language == "en" else _translations()[sentence]
