"""The Content-Security-Policy in a browser: pages lose nothing by it, and what data smuggled in does not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import kinds
from tests.conftest import SmallCentre

LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event =>
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
READY = "async () => { await floorwalk.need('tables'); }"
LOADED = """() => ({
    refused: window.refused,
    styles: document.styleSheets.length,
    ground: getComputedStyle(document.documentElement).getPropertyValue('--fw-surface').trim() !== '',
    scripts: document.documentElement.classList.contains('fw-has-scripts'),
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that writes down what the policy refuses."""
    context = browser.new_context()
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_opened_from_a_folder_every_kind_of_page_has_its_styles_and_scripts_and_breaks_nothing(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    pages = kinds.of_site((small_centre.built.work / "site" / language).resolve())
    for file in pages.values():
        if file.name == "digest.html":
            continue  # a mail has no scripts and no style sheet
        page.goto(file.as_uri())
        page.evaluate(READY)
        seen = page.evaluate(LOADED)
        assert (seen["refused"], complaints) == ([], []), file
        assert seen["styles"] >= 8, file
        assert seen["ground"] is seen["scripts"] is True, file


@pytest.mark.parametrize(("language", "word"), [("en", "team"), ("zh", "指标")])
def test_over_http_the_search_finds_pages_under_the_policy(address: str, page: Page, language: str, word: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/{language}/index.html")
    page.locator("input.md-search__input").focus()
    page.keyboard.type(word)
    page.keyboard.press("End")  # a word that is put in at once has no key of its own, as the search waits for
    page.locator(".md-search-result__item").first.wait_for(state="attached")
    assert (page.evaluate(LOADED)["refused"], complaints) == ([], [])


def test_the_page_above_the_languages_leads_on_under_the_policy(address: str, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(f"{address}/")
    page.wait_for_url("**/zh/index.html")
    assert page.evaluate(LOADED)["refused"] == []
    context.close()


def test_a_script_planted_in_a_name_does_not_run(small_centre: SmallCentre, page: Page, tmp_path: Path) -> None:
    site = (small_centre.built.work / "site").resolve()
    language = tmp_path / "en"
    language.mkdir()
    (language / "assets").symlink_to(site / "en" / "assets")
    whole = (site / "en" / "index.html").read_text(encoding="utf-8")
    planted = "<script>window.fired = 1</script><img src=x onerror='window.fired = 2'>"
    (language / "index.html").write_text(whole.replace("</h1>", f"{planted}</h1>", 1), encoding="utf-8")
    page.goto((language / "index.html").as_uri())
    page.evaluate(READY)
    assert page.evaluate("window.fired") is None
    refused = page.evaluate("window.refused")
    assert [line.split()[0] for line in refused] == ["script-src-elem", "script-src-attr"]
