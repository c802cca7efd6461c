"""Live charts as a reader meets them: asked for, read with pointer and keyboard, put away; under a strict policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SmallCentre

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
"""
POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
WORN = """(root) => [...root.querySelectorAll("path")].map((path) => getComputedStyle(path))
  .map((style) => style.fill + style.stroke).filter((worn) => worn !== "nonenone")"""


class Reader:
    """A page of the site, opened from a folder, with everything it complained about."""

    def __init__(self, browser: Browser, file: Path, scheme: str = "light", width: int = 1440) -> None:
        self.context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
            bypass_csp=False,
        )
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.add_init_script(WATCH)
        self.page.goto(file.as_uri())

    def open(self, chart: int = 0) -> None:
        button = self.page.locator("button[data-fw-live]").nth(chart)
        button.scroll_into_view_if_needed()
        button.press("Enter")
        self.page.wait_for_selector(".fw-is-live")

    def close(self) -> None:
        policy = self.page.evaluate(POLICY)
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert self.page.evaluate("window.refused") == []
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith(("file:", "data:"))] == []
        self.context.close()


def team(centre: SmallCentre, language: str) -> Path:
    folder = (centre.built.work / "site" / language / "teams").resolve()
    return next(iter(sorted(folder.glob("t-*.html"))))


def place(page: Page) -> str:
    return str(page.evaluate("document.activeElement.className"))


def test_nothing_of_live_charts_is_loaded_before_a_reader_asks(small_centre: SmallCentre, browser: Browser) -> None:
    reader = Reader(browser, team(small_centre, "en"))
    reader.page.wait_for_timeout(400)
    assert not [url for url in reader.asked if re.search(r"/(vega|live|chart-\w+)\.js", url)]
    reader.close()


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_every_chart_of_a_team_comes_alive_without_eval_or_network_and_goes_back(
    small_centre: SmallCentre, browser: Browser, language: str, scheme: str
) -> None:
    reader = Reader(browser, team(small_centre, language), scheme)
    page, charts = reader.page, reader.page.locator("button[data-fw-live]").count()
    assert charts > 3
    for chart in range(charts):
        reader.open(chart)
        figure = page.locator("figure.fw-is-live")
        assert figure.locator(".fw-live-canvas svg").count() == 1
        assert not figure.locator(".fw-scroll").first.is_visible()
        assert "fw-live-stage" in place(page).split()
        page.keyboard.press("End")
        tip = figure.locator(".fw-live-tip")
        assert tip.is_visible(), chart
        cells = figure.locator("details table tbody tr").all_text_contents()
        first = tip.locator("strong").text_content() or ""
        assert any(" ".join(row.split()).startswith(first) for row in cells)
        page.locator("button[data-fw-live]").nth(chart).press("Enter")
        assert page.locator(".fw-is-live").count() == 0
        assert page.locator(".fw-live-box").count() == 0
        assert "aria-pressed" in page.evaluate("document.activeElement.getAttributeNames()")
    reader.close()


def test_a_live_chart_stands_where_its_picture_stood_and_wears_its_colours(
    small_centre: SmallCentre, browser: Browser
) -> None:
    reader = Reader(browser, team(small_centre, "en"), "dark")
    page = reader.page
    figure = page.locator("figure", has=page.locator("button[data-fw-live]")).first
    still = page.evaluate(WORN, figure.locator(".fw-scroll > svg").element_handle())
    reader.open()
    live = page.evaluate(WORN, figure.locator(".fw-live-canvas svg").element_handle())
    assert set(still) <= set(live)
    assert "rgb(0, 0, 0)" not in "".join(live)
    reader.close()


def test_a_stretch_of_weeks_is_listed_by_dragging_and_by_keyboard_in_the_words_of_the_table(
    small_centre: SmallCentre, browser: Browser
) -> None:
    reader = Reader(browser, team(small_centre, "zh"))
    page = reader.page
    reader.open()
    figure = page.locator("figure.fw-is-live")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    rows = [" ".join(row.split()) for row in figure.locator("details table tbody tr").all_text_contents()]
    chosen = [" ".join(row.split()) for row in figure.locator(".fw-live-chosen tbody tr").all_text_contents()]
    assert chosen == rows[:4]
    box = figure.locator(".fw-live-canvas svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.5 * box["height"], steps=4)
    page.mouse.up()
    dragged = [" ".join(row.split()) for row in figure.locator(".fw-live-chosen tbody tr").all_text_contents()]
    assert dragged
    assert dragged == rows[-len(dragged) :]
    page.keyboard.press("Escape")
    assert not figure.locator(".fw-live-tip").is_visible()
    reader.close()


def test_on_a_phone_the_page_keeps_its_width_while_a_chart_is_alive(
    small_centre: SmallCentre, browser: Browser
) -> None:
    reader = Reader(browser, team(small_centre, "zh"), width=390)
    reader.open()
    reader.page.keyboard.press("End")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    tip = reader.page.locator(".fw-live-tip").bounding_box()
    assert tip
    assert tip["x"] >= 0
    assert tip["x"] + tip["width"] <= 390
    reader.close()


def test_print_shows_the_picture_even_while_a_chart_is_alive(small_centre: SmallCentre, browser: Browser) -> None:
    reader = Reader(browser, team(small_centre, "en"))
    reader.open()
    reader.page.emulate_media(media="print")
    figure = reader.page.locator("figure.fw-is-live")
    assert figure.locator(".fw-scroll").first.is_visible()
    assert not figure.locator(".fw-live-stage").is_visible()
    assert not figure.locator("button[data-fw-live]").is_visible()
    reader.close()


def test_pages_of_people_have_no_live_charts(small_centre: SmallCentre) -> None:
    folder = small_centre.built.work / "site" / "en" / "agents"
    assert not [page for page in folder.glob("a-*.html") if "data-fw-live=" in page.read_text(encoding="utf-8")]
