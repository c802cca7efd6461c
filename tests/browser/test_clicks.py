"""How far every answer is from the overview: the document says it, the site is walked by what is seen on a laptop."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipelines.settings import LANGUAGES, PROJECT
from tests.conftest import SmallCentre

ROW = re.compile(r"^\|[^|]+\| [^|`]+ `([^`]+)` \| (\d) \|$", re.MULTILINE)
EVERYTHING = 38
"""Questions the document has at least."""
FARTHEST = 3
CLICKS = """() => {
    const isSeen = element => element.checkVisibility({ visibilityProperty: true });
    const found = {};
    for (const link of document.querySelectorAll("a[href]")) {
        const folds = [];
        const foldAround = element => element?.closest("details:not([open])");
        for (let fold = foldAround(link); fold; fold = foldAround(fold.parentElement)) folds.push(fold);
        folds.forEach(fold => { fold.open = true; });
        const page = link.href.split("#")[0];
        if (isSeen(link)) found[page] = Math.min(1 + folds.length, found[page] ?? Infinity);
        folds.forEach(fold => { fold.open = false; });
    }
    return found;
}"""
"""Pages that are linked to → clicks: one for a link that is seen, one more for everything to unfold before it."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_answered_as_many_clicks_away_as_the_document_says(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    site = (small_centre.built.work / "site").resolve()
    away = distances(page, site / language / "index.html", site)
    said = ROW.findall((PROJECT / "docs" / language / "guide" / "journeys.md").read_text(encoding="utf-8"))
    assert len(said) >= EVERYTHING
    wrong = []
    for path, clicks in said:
        folder = site if path.startswith("dictionary/") else site / language
        pattern = re.sub(r"\{[a-z]+\}", "*", path)
        pages = [page for page in folder.glob(pattern) if page.stem != "index" or "*" not in pattern]
        assert pages, f"{path} is no page of the site"
        farthest = max(away.get(page.as_uri(), 99) for page in pages)
        if farthest != int(clicks):
            wrong.append(f"{path}: {farthest} clicks, the document says {clicks}")
    assert not wrong


def distances(page: Page, start: Path, site: Path) -> dict[str, int]:
    """Fewest clicks from a page to every address within reach."""
    away = {start.as_uri(): 0}
    waiting = [(0, start.as_uri())]
    while waiting:
        clicks, address = heapq.heappop(waiting)
        if clicks > away[address] or clicks >= FARTHEST:
            continue
        page.goto(address, wait_until="domcontentloaded")
        for target, more in page.evaluate(CLICKS).items():
            is_page = target.startswith(site.as_uri()) and target.endswith(".html")
            if is_page and clicks + more < away.get(target, FARTHEST + 1):
                away[target] = clicks + more
                heapq.heappush(waiting, (clicks + more, target))
    return away
