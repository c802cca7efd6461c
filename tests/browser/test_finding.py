"""Finding a page as readers do: quick jump and search box in both languages, tooltips and breadcrumbs by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipelines.settings import LANGUAGES
from pipelines.site import han
from tests.conftest import SmallCentre

SEARCHES = {
    "en": {
        "AHT": "kpis/average_handle_time", "average handle time": "kpis/average_handle_time",
        "first call resolution": "kpis/first_contact_resolution", "FCR": "kpis/first_contact_resolution",
        "satisfaction": "kpis/csat_mean", "answer rate": "kpis/answer_rate", "abandonment": "kpis/abandon_rate",
        "service level": "kpis/service_level", "training": "coaching/training", "coaching guide": "coaching/index",
        "one-to-one sheet": "coaching/index", "overdispersion": "method/glossary",
        "regression to the mean": "method/glossary", "likely range": "method/glossary", "delivered files": "data/index",
    },
    "zh": {
        "AHT": "kpis/average_handle_time", "平均处理时长": "kpis/average_handle_time",
        "处理时长": "kpis/average_handle_time", "首次解决率": "kpis/first_contact_resolution",
        "首次解決率": "kpis/first_contact_resolution", "满意度": "kpis/csat_mean", "滿意度": "kpis/csat_mean",
        "接通率": "kpis/answer_rate", "放弃率": "kpis/abandon_rate", "话务量": "kpis/call_volume_index",
        "話務量": "kpis/call_volume_index", "辅导指南": "coaching/index", "輔導指南": "coaching/index",
        "过度离散": "method/glossary", "向均值回归": "method/glossary", "可能范围": "method/glossary",
        "人才模型": "method/glossary", "质检": "quality/index",
    },
}  # fmt: skip
"""What is typed into the search box → the page that must come first."""


@pytest.fixture(scope="module")
def site(small_centre: SmallCentre) -> Path:
    return (small_centre.built.work / "site").resolve()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def people(site: Path, language: str) -> list[tuple[str, str]]:
    """(file, name) of everybody, from the page that lists them."""
    listed = (site / language / "agents" / "index.html").read_text(encoding="utf-8")
    return re.findall(r'href="(?:\.\./agents/)?(a-\w+\.html)">([^<]+)</a>', listed)


def chinese_name(site: Path, language: str) -> tuple[str, str]:
    """Somebody's page and the Han part of the name, one that nobody shares."""
    found = [(file, han.HAN.findall(name)[0]) for file, name in people(site, language) if han.HAN.search(name)]
    return next((file, name) for file, name in found if sum(name == other for _, other in found) == 1 and len(name) > 2)


def jump(page: Page, text: str) -> list[str]:
    """Open the quick jump by its keys, type, and return what is offered."""
    page.keyboard.press("Control+k")
    field = page.locator("#fw-jump-field")
    field.wait_for()
    field.fill(text)
    return page.locator(".fw-jump [role=option] .fw-jump-name").all_inner_texts()


# ---------- quick jump
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_jumped_to_by_every_form_of_the_name(site: Path, page: Page, language: str) -> None:
    file, name = chinese_name(site, language)
    pinyin = han.pinyin(name)
    initials = "".join(syllable[0] for syllable in pinyin.split())
    forms = [name, name[1:], pinyin, pinyin.replace(" ", "").upper(), initials, *han.other_scripts(name)]
    page.goto((site / language / "index.html").as_uri())
    for form in forms:
        assert any(name in offered for offered in jump(page, form)), form
        page.keyboard.press("Escape")
    jump(page, pinyin)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/agents/{file}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_measures_pages_documents_and_terms_are_jumped_to_by_part_of_any_name(
    site: Path, page: Page, language: str
) -> None:
    page.goto((site / language / "index.html").as_uri())
    for typed, expected in (
        ("T01", "teams/t-"), ("aht", "kpis/average_handle_time"), ("jietonglv", "kpis/answer_rate"),
        ("first call reso", "kpis/first_contact_resolution"), ("首次解決率", "kpis/first_contact_resolution"),
        ("jxfc", "tiers/index"), ("overdisp", "glossary.html#overdispersion"), ("怎样公", "method/fairness"),
    ):  # fmt: skip
        offered = jump(page, typed)
        assert offered, typed
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert f"/{language}/" in page.url and expected in page.url, typed


def test_the_quick_jump_is_a_list_box_worked_by_keys_and_gives_the_focus_back(site: Path, page: Page) -> None:
    page.goto((site / "en" / "teams" / "index.html").as_uri())
    button = page.get_by_role("button", name="Jump to")
    button.focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox")
    field.wait_for()
    field.fill("rate")
    options = page.get_by_role("option")
    assert 3 < options.count() <= 12
    assert page.locator(".fw-jump-kind").count() == options.count(), "each says what it is"

    def chosen() -> str:
        told = page.locator('[role="option"][aria-selected="true"]')
        assert told.count() == 1
        assert field.get_attribute("aria-activedescendant") == told.get_attribute("id")
        return told.inner_text()

    first = chosen()
    page.keyboard.press("ArrowDown")
    assert chosen() != first
    page.keyboard.press("ArrowUp")
    assert chosen() == first
    page.keyboard.press("ArrowUp")
    assert chosen() == options.last.inner_text()
    field.fill("nothing is called that")
    assert options.count() == 0
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator("#fw-jump-told").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.fw-jump").is_visible()
    assert page.evaluate("document.activeElement.matches('[data-fw-jump]')")


def test_whole_names_come_before_beginnings_beginnings_before_parts(site: Path, page: Page) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    assert jump(page, "answer rate")[0] == "Answer rate"
    page.keyboard.press("Escape")
    offered = jump(page, "resolution")
    assert offered[0].startswith("Resolution")
    assert offered.index("Resolution rate (of answered)") < offered.index("First-contact resolution (FCR)")


def test_without_scripts_there_is_no_button_that_does_nothing(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "en" / "index.html").as_uri())
    assert page.locator("[data-fw-jump]").count() == 1
    assert not page.locator("[data-fw-jump]").is_visible()
    context.close()


# ---------- search box
def first_hit(page: Page, typed: str) -> str:
    """The page that stands first for what is typed into the theme's search box."""
    box, hits = page.locator(".md-search__input"), page.locator(".md-search-result__item a")
    for text in ("", typed):
        box.fill(text)
        box.press("End")  # an input method ends with a key; the box listens for it
        hits.first.wait_for(state="visible" if text else "detached")
    return re.sub(r"^http://[^/]+/", "", str(hits.first.get_attribute("href"))).partition("?")[0].partition("#")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_box_finds_the_right_page_first(site: Path, address: str, page: Page, language: str) -> None:
    page.goto(f"{address}/{language}/index.html")
    page.locator(".md-search__input").click()
    wrong = {}
    for typed, expected in SEARCHES[language].items():
        found = first_hit(page, typed)
        if found != f"{language}/{expected}.html":
            wrong[typed] = found
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_box_finds_people_and_teams_by_name_part_of_it_either_script_and_id(
    site: Path, address: str, page: Page, language: str
) -> None:
    file, name = chinese_name(site, language)
    page.goto(f"{address}/{language}/index.html")
    page.locator(".md-search__input").click()
    for typed in (name, *han.other_scripts(name)):
        assert first_hit(page, typed) == f"{language}/agents/{file}", typed
    part = name[-2:]
    assert re.search(r"agents/a-", first_hit(page, part)), part
    team = (site / language / "teams" / "index.html").read_text(encoding="utf-8")
    href, called = re.findall(r'href="(?:\.\./teams/)?(t-\w+\.html)">([^<]+)</a>', team)[0]
    assert first_hit(page, called) == f"{language}/teams/{href}"
    assert first_hit(page, "T01").startswith(f"{language}/teams/t-")


# ---------- tooltips
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_measure_says_what_it_means_on_focus_until_escape(site: Path, page: Page, language: str) -> None:
    page.goto((site / language / "index.html").as_uri())
    link = page.locator('.md-content a[href*="kpis/"]:visible').first
    link.focus()
    tip = page.get_by_role("tooltip")
    tip.wait_for()
    assert link.inner_text() in tip.inner_text()
    assert len(tip.inner_text()) > len(link.inner_text()) + 10
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert link.get_attribute("aria-describedby") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tip.wait_for()


def test_a_tooltip_stays_while_the_pointer_is_on_it_and_goes_with_it(site: Path, page: Page) -> None:
    page.goto(next(iter(sorted((site / "en" / "teams").glob("t-*.html")))).as_uri())
    heading = page.locator("th[data-fw-term]:visible").first
    heading.hover()
    tip = page.get_by_role("tooltip")
    tip.wait_for()
    tip.hover()
    page.wait_for_timeout(500)
    assert tip.is_visible()
    page.mouse.move(2, 2)
    tip.wait_for(state="hidden")


# ---------- the way to a page
@pytest.mark.parametrize("language", LANGUAGES)
def test_breadcrumbs_lead_back_from_a_sheet_by_person_and_team(site: Path, page: Page, language: str) -> None:
    page.goto(next(iter(sorted((site / language / "sheets").glob("a-*.html")))).as_uri())
    for expected in ("/agents/a-", "/teams/t-", "/teams/index.html"):
        links = page.locator(".fw-crumbs a")
        assert page.locator(".fw-crumbs [aria-current=page]").count() == 1
        with page.expect_navigation():
            links.last.click()
        assert expected in page.url
    assert page.locator(".fw-crumbs").count() == 0
