"""The executives' page on paper: exactly one A4 sheet in both languages, with room left for other typefaces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipelines.progress import Silent
from pipelines.settings import LANGUAGES, Settings
from pipelines.site.build import render_site
from tests.unit import fake_marts
from tests.unit.test_area_executive import rows

PRINTED = 297 - 2 * 9
"""Millimetres of A4 between the margins of the style sheet."""
FREE = 15
"""Millimetres that must be left over."""


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("executives")
    marts = fake_marts.write(folder / "marts", rows())
    for name in ("run", "work"):
        (folder / name).mkdir()
    made = render_site(Settings(drop=folder / "drop", work=folder / "work"), marts, folder / "run", None, Silent())
    return made.site.resolve()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_exactly_one_sheet_with_room_left(browser: Browser, site: Path, language: str) -> None:
    # pixels of A4 between the margins: 188 mm
    context = browser.new_context(viewport={"width": 711, "height": 1054})
    page = context.new_page()
    page.goto((site / language / "exec" / "index.html").as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = (float(size) for size in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (round(width), round(height)) == (595, 842)
    page.emulate_media(media="print")
    used = page.evaluate("document.querySelector('.fw-brief').getBoundingClientRect().bottom * 25.4 / 96")
    too_small = page.evaluate(
        """() => [...document.querySelectorAll('.fw-brief :is(p, li, td, th)')]
            .filter(e => e.checkVisibility() && e.textContent.trim())
            .filter(e => parseFloat(getComputedStyle(e).fontSize) * 0.75 < 7.45)
            .map(e => `${e.className || e.tagName}: ${e.textContent.slice(0, 40)}`)"""
    )
    context.close()
    assert used <= PRINTED - FREE
    assert too_small == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_a_phone(browser: Browser, site: Path, language: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto((site / language / "exec" / "index.html").as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320
