"""The built site as a reader meets it: opened from a file path, on a laptop and a phone, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request

from tests.browser import kinds
from tests.conftest import SmallCentre

OPENS = """selector => {
    const content = document.querySelector("article.md-content__inner");
    const answer = content.querySelector(selector);
    const shown = content.querySelector("table, figure, .fw-card, .fw-paper");
    return {
        is_first: !!answer && (!shown || answer === shown || answer.contains(shown)
            || !!(answer.compareDocumentPosition(shown) & Node.DOCUMENT_POSITION_FOLLOWING)),
        sentences: answer?.querySelectorAll("p").length ?? 0,
    };
}"""
"""Whether what a page opens with stands before everything it shows, and in how many paragraphs."""


def _file(centre: SmallCentre, language: str, kind: str) -> Path:
    root = (centre.built.work / "site" / language).resolve()
    if kind in ("team", "agent", "sheet", "journal", "guide"):
        return next(iter(sorted((root / f"{kind}s").glob("?-*.html"))))
    return root / f"{kind}.html"


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh", 320)])
def test_every_kind_of_page_asks_for_nothing_outside_complains_of_nothing_and_fits_a_phone(
    small_centre: SmallCentre, browser: Browser, language: str, width: int
) -> None:
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            wrong.append(f"{page.url} asks for {request.url}")

    def complained(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"{page.url}: {message.text}")

    page.on("request", asked)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("console", complained)
    for kind, file in kinds.of_site(small_centre.built.work / "site" / language).items():
        page.goto(file.resolve().as_uri())
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wrong.append(f"{kind} is {needed} px wide")
    context.close()
    assert not wrong


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_page_answers_in_three_sentences_at_most_before_it_shows(
    small_centre: SmallCentre, browser: Browser, language: str
) -> None:
    opens_otherwise = {
        "agent": ".fw-strengths",  # what goes well comes first
        "agents": "table",  # a list of names
        "sheet": ".fw-paper", "journal": ".fw-paper",
    }  # fmt: skip
    page, wrong = browser.new_page(), []
    for kind, file in kinds.of_site(small_centre.built.work / "site" / language).items():
        if file.name == "digest.html":
            continue  # a mail
        page.goto(file.resolve().as_uri(), wait_until="domcontentloaded")
        opens = opens_otherwise.get(kind, ".fw-answer" if "." not in kind else "h1 + p")
        seen: dict[str, Any] = page.evaluate(OPENS, opens)
        if not seen["is_first"] or (opens == ".fw-answer" and not 1 <= seen["sentences"] <= 3):
            wrong.append(f"{kind}: {seen}")
    page.close()
    assert not wrong


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
