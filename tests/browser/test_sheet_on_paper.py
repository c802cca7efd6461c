"""The one-to-one sheet and the journal as they are handed over: one A4 page each, nothing cut, nothing too small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipelines.progress import Silent
from pipelines.settings import LANGUAGES, Settings
from pipelines.site import model
from pipelines.site.build import render_site
from tests.unit import fake_marts, sheets_centre

PAGES = ("sheets", "journals")
LONGEST, WORKED, EMPTY = "A0", "A1", "A3"
"""Everything there is, one card, nothing at all."""
PRINTED_WIDTH, PRINTED_HEIGHT = 726, 1062
"""Pixels of A4 between the margins of the style sheet: 192 mm by 281 mm."""
LETTERS, SMALLEST_LETTERS = 9.0, 8.0
"""Points."""
ASIDE = ":is(.fw-hint, .fw-decisions, .fw-between, .fw-hint *)"
"""What is said in passing: suggestions in empty rows, and the lines below the signatures."""
FREE = 5
"""Millimetres that must be left over where everything is long, for other machines' typefaces."""


@pytest.fixture(scope="module")
def built(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The site of the hand-made centre, and people's file names."""
    folder = tmp_path_factory.mktemp("sheets")
    marts = fake_marts.write(folder / "marts", sheets_centre.centre())
    for name in ("run", "work"):
        (folder / name).mkdir()
    made = render_site(Settings(drop=folder / "drop", work=folder / "work"), marts, folder / "run", None, Silent())
    slugs = model.load(marts).slugs
    return made.site.resolve(), {key: slugs["agent", key] for key in (LONGEST, WORKED, EMPTY)}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PRINTED_WIDTH, "height": PRINTED_HEIGHT})
    yield context.new_page()
    context.close()


def visit(page: Page, built: tuple[Path, dict[str, str]], language: str, folder: str, key: str) -> None:
    site, slugs = built
    page.goto((site / language / folder / f"{slugs[key]}.html").as_uri())


def letters(page: Page, selector: str) -> list[float]:
    """Sizes of the letters that elements hold themselves, in points."""
    found: list[float] = page.evaluate(
        """selector => [...document.querySelectorAll(selector)]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75)""",
        selector,
    )
    return found


@pytest.mark.parametrize("key", [LONGEST, WORKED, EMPTY])
@pytest.mark.parametrize("folder", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_to_hand_over_is_exactly_one_sheet_of_paper(
    page: Page, built: tuple[Path, dict[str, str]], language: str, folder: str, key: str
) -> None:
    visit(page, built, language, folder, key)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = (float(size) for size in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("folder", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_and_nothing_is_too_small_to_read(
    page: Page, built: tuple[Path, dict[str, str]], language: str, folder: str
) -> None:
    visit(page, built, language, folder, LONGEST)
    page.emulate_media(media="print")
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('.fw-paper, .fw-paper *')]
            .filter(e => e.clientHeight && getComputedStyle(e).display !== 'inline')
            .filter(e => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
            .map(e => `${e.className || e.tagName}: ${e.textContent.slice(0, 60)}`)"""
    )
    assert clipped == []
    assert round(min(letters(page, ".fw-paper *")), 1) >= SMALLEST_LETTERS
    assert round(min(letters(page, f".fw-paper :is(p, li, td, th, h2, h3, q):not({ASIDE})")), 1) >= LETTERS
    natural = page.evaluate(
        """() => {
            const paper = document.querySelector('.fw-paper');
            paper.style.minHeight = '0';
            paper.style.display = 'block';
            return paper.getBoundingClientRect().height * 25.4 / 96;
        }"""
    )
    assert natural <= 281 - FREE


@pytest.mark.parametrize("folder", PAGES)
def test_only_the_paper_is_printed(page: Page, built: tuple[Path, dict[str, str]], folder: str) -> None:
    visit(page, built, "en", folder, LONGEST)
    beside = page.locator(".fw-off-paper")
    assert beside.count() >= 1
    assert all(beside.nth(number).is_visible() for number in range(beside.count()))
    page.emulate_media(media="print")
    assert not any(beside.nth(number).is_visible() for number in range(beside.count()))
    assert page.locator(".fw-paper").is_visible()
    assert not page.locator(".md-header").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_on_paper_does_not_need_colour(
    page: Page, built: tuple[Path, dict[str, str]], language: str
) -> None:
    visit(page, built, language, "sheets", LONGEST)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('.fw-paper *')].map(e => getComputedStyle(e).color))]"
    )
    for colour in colours:
        red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
        assert max(red, green, blue) - min(red, green, blue) < 40
        assert max(red, green, blue) < 110


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", PAGES)
def test_a_sheet_fits_a_phone(browser: Browser, built: tuple[Path, dict[str, str]], folder: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    visit(page, built, language, folder, LONGEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 390
