"""The built site as a reader meets it: opened from a file path, on a laptop and a phone, with and without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import SmallCentre

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
KINDS = (
    "index", "teams/index", "team", "agent", "sheet", "journal", "guide", "coaching/index", "coaching/training",
    "coaching/recognition", "coaching/library", "coaching/cases", "kpis/index", "kpis/answer_rate", "data/index",
    "method/index",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def _file(centre: SmallCentre, language: str, kind: str) -> Path:
    root = (centre.built.work / "site" / language).resolve()
    if kind in ("team", "agent", "sheet", "journal", "guide"):
        return next(iter(sorted((root / f"{kind}s").glob("?-*.html"))))
    return root / f"{kind}.html"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_outside_and_fits_a_phone(
    small_centre: SmallCentre, browser: Browser, kind: str, language: str
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(_file(small_centre, language, kind).as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    assert width <= 390


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_scripts_a_team_page_shows_every_chart_and_table(
    small_centre: SmallCentre, browser: Browser, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(_file(small_centre, language, "team").as_uri())
    charts = page.locator("figure svg.fw-chart")
    assert charts.count() >= 2
    assert all(charts.nth(number).is_visible() for number in range(charts.count()))
    assert page.locator("table.fw-table").first.is_visible()
    assert page.locator("figure details table").count() == page.locator("figure").count()
    context.close()


def test_dark_follows_the_readers_setting_without_scripts(small_centre: SmallCentre, browser: Browser) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
        page = context.new_page()
        page.goto(_file(small_centre, "en", "index").as_uri())
        colours = (
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
        )
        seen[scheme] = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in page.evaluate(colours)]
        context.close()
    assert seen["light"][0] > 600 > seen["light"][1]
    assert seen["dark"][0] < 200 < seen["dark"][1]


def test_the_root_page_leads_to_the_language_of_the_browser_and_to_both_without_scripts(
    small_centre: SmallCentre, browser: Browser
) -> None:
    root = (small_centre.built.work / "site").resolve() / "index.html"
    for locale, language in (("zh-CN", "zh"), ("en-GB", "en"), ("fr-FR", "en")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(root.as_uri())
        page.wait_for_url(f"**/{language}/index.html")
        context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root.as_uri())
    assert {page.locator("a").nth(n).get_attribute("href") for n in range(2)} == {"en/index.html", "zh/index.html"}
    context.close()
