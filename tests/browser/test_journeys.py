"""A team leader's Monday and a quarter's review, walked by clicking what stands on the pages, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipelines.settings import LANGUAGES
from tests.conftest import SmallCentre

MENU = {
    "en": {"coaching": "Coaching", "systemic": "System or person", "effects": "Training and coaching effect",
           "tiers": "Tiers"},
    "zh": {"coaching": "辅导", "systemic": "系统还是个人", "effects": "培训与辅导效果", "tiers": "绩效分层"},
}  # fmt: skip
PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def start(page: Page, centre: SmallCentre, language: str) -> None:
    page.goto((centre.built.work / "site" / language / "index.html").resolve().as_uri())


def by_menu(page: Page, language: str, section: str) -> None:
    with page.expect_navigation():
        page.locator(".md-tabs a", has_text=re.compile(rf"^\s*{MENU[language][section]}\s*$")).click()
    assert f"/{language}/" in page.url


def lead_to(page: Page, folder: str) -> str:
    """Click the first link of the content that leads into a folder; its text."""
    link = page.locator(f'.md-content a[href*="{folder}/"]').first
    said = link.inner_text()
    with page.expect_navigation():
        link.click()
    assert f"/{folder}/" in page.url
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_monday_leads_from_the_front_page_to_a_printed_sheet_in_three_clicks(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    start(page, small_centre, language)
    by_menu(page, language, "coaching")
    team = lead_to(page, "guides")
    assert team in page.locator("h1").inner_text()
    assert page.locator(".fw-answer p").count() >= 2, "what changed, is it us, who first"
    name = lead_to(page, "sheets")
    assert name in page.locator("h1").first.inner_text()
    assert len(PAGE_OF_PDF.findall(page.pdf(format="A4", prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_has_nine_stages_and_everything_the_week_needs_behind_one_click(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    start(page, small_centre, language)
    by_menu(page, language, "coaching")
    lead_to(page, "guides")
    contents = page.locator(".fw-guide-contents ol a")
    assert contents.count() == 9
    for place in range(9):
        target = str(contents.nth(place).get_attribute("href")).rpartition("#")[2]
        contents.nth(place).click()
        page.wait_for_url(re.compile(re.escape(f"#{target}") + "$"))
        assert page.locator(f"[id='{target}']").is_visible()
    reached = {str(link).split("/")[1] for link in hrefs(page) if link.startswith("../")}
    assert {"sheets", "journals", "files", "coaching", "systemic", "tiers"} <= reached
    workbook = next(link for link in hrefs(page) if link.endswith(".xlsx"))
    file = Path(page.url.partition("?")[0].removeprefix("file://").partition("#")[0]).parent / workbook
    assert file.resolve().is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quarters_review_finds_each_of_its_questions_by_the_menu(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    """What is systemic, does coaching reach everybody, does it work, what do incentives damage, who moved and why."""
    start(page, small_centre, language)
    by_menu(page, language, "systemic")
    assert page.locator(".fw-answer p").count() >= 1
    lead_by_menu_link(page, "guards")
    lead_by_menu_link(page, "hovering")
    by_menu(page, language, "coaching")
    assert page.locator("table").count() >= 1
    by_menu(page, language, "effects")
    assert page.locator(".fw-answer p").count() >= 1
    by_menu(page, language, "tiers")
    assert page.locator(".fw-answer p").count() >= 1


def lead_by_menu_link(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator(f'a[href$="{name}.html"]:visible').first.click()
    assert page.url.endswith(f"/{name}.html")


def hrefs(page: Page) -> list[str]:
    found: list[str] = page.locator(".md-content a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return found
