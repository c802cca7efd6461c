"""How far every answer is from the overview: the document says it, the finished site is walked to check it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipelines.settings import LANGUAGES, PROJECT
from tests.conftest import SmallCentre

ROW = re.compile(r"^\|[^|]+\| `([^`]+)` \| (\d) \|$", re.MULTILINE)
LINK = re.compile(r'<a\s[^>]*href="?([^"\s>]+)')
EVERYTHING = 38
"""Questions the document has at least."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_answered_as_many_clicks_away_as_the_document_says(
    small_centre: SmallCentre, language: str
) -> None:
    site = (small_centre.built.work / "site").resolve()
    away = distances(site / language / "index.html", site)
    said = ROW.findall((PROJECT / "docs" / language / "guide" / "journeys.md").read_text(encoding="utf-8"))
    assert len(said) >= EVERYTHING
    wrong = []
    for path, clicks in said:
        folder = site if path.startswith("dictionary/") else site / language
        pattern = re.sub(r"\{[a-z]+\}", "*", path)
        pages = [page for page in folder.glob(pattern) if page.stem != "index" or "*" not in pattern]
        assert pages, f"{path} is no page of the site"
        farthest = max(away.get(page, 99) for page in pages)
        if farthest != int(clicks):
            wrong.append(f"{path}: {farthest} clicks, the document says {clicks}")
    assert not wrong


def distances(start: Path, site: Path) -> dict[Path, int]:
    """Clicks from a page to every page that can be reached, following links as a reader without scripts does."""
    away = {start: 0}
    nearest = [start]
    while nearest:
        found = dict.fromkeys(target for page in nearest for target in targets(page, site) if target not in away)
        away |= dict.fromkeys(found, away[nearest[0]] + 1)
        nearest = list(found)
    return away


def targets(page: Path, site: Path) -> list[Path]:
    links = (unquote(link.partition("#")[0]) for link in LINK.findall(page.read_text(encoding="utf-8")))
    paths = ((page.parent / link).resolve() for link in links if link and not re.match(r"[a-z]+:", link))
    return [path for path in paths if path.suffix == ".html" and path.is_file() and site in path.parents]
