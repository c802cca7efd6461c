"""Hostile names in what scripts make of a page: quick jump, search box, filter, comparison and saved files.

Every one of `hostile_words` is typed, chosen, shown and saved once; `Visit` notices whatever fires or is refused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page

from pipelines.loopback import serving
from tests.browser.hostile_site import HostileCentre, Visit
from tests.unit.hostile_words import PLAIN, WORDS

HOSTILE = WORDS[1:]
FORMULA = ("=", "+", "-", "@")
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


def everybody(visit: Visit, centre: HostileCentre) -> Locator:
    """The table of all people, with its tools, on its page."""
    visit.open(centre.site / "en" / "agents" / "index.html")
    visit.page.locator(".fw-tools").first.wait_for(state="attached")
    return visit.page.locator("section, main").filter(has=visit.page.locator("table.fw-table .fw-sort")).first


def nothing_fired(page: Page) -> bool:
    return bool(page.evaluate("window.fired.length === 0"))


def test_the_quick_jump_offers_every_name_literally(hostile_centre: HostileCentre, visit: Visit) -> None:
    page = visit.page
    visit.open(hostile_centre.site / "en" / "index.html")
    page.keyboard.press("Control+k")
    field = page.locator("#fw-jump-field")
    field.wait_for()
    lost = []
    for word in HOSTILE:
        field.fill(word.seen)
        offered = page.locator(".fw-jump [role=option] .fw-jump-name").all_inner_texts()
        lost += [] if any(word.seen in name for name in offered) else [word.seen]
    assert (lost, visit.said, nothing_fired(page)) == ([], [], True)


def test_the_search_box_takes_every_name_as_words(hostile_centre: HostileCentre, visit: Visit) -> None:
    page = visit.page
    with serving(hostile_centre.site) as address:
        page.goto(f"{address}/en/index.html")
        box = page.locator("input.md-search__input")
        box.focus()
        for word in HOSTILE:
            box.fill(word.seen[:60])
            page.keyboard.press("End")
        page.keyboard.press("Control+a")
        page.keyboard.type("Longest82")
        page.locator(".md-search-result__item").filter(has_text="Longest82").first.wait_for(state="attached")
        assert (
            page.locator(".md-search-result script, .md-search-result img, .md-search-result svg[onload]").count() == 0
        )
        assert (visit.said, nothing_fired(page)) == ([], True)


def test_a_filter_keeps_the_row_of_every_name(hostile_centre: HostileCentre, visit: Visit) -> None:
    table = everybody(visit, hostile_centre)
    box = table.locator("input[type=search]").first
    lost = []
    for word in HOSTILE:
        box.fill(word.seen[:40])
        rows = table.locator("tbody tr:visible").all_inner_texts()
        lost += [] if any(word.seen[:12] in row for row in rows) else [word.seen]
    assert (lost, visit.said, nothing_fired(visit.page)) == ([], [], True)


def test_saved_tables_hold_every_name_as_text(hostile_centre: HostileCentre, visit: Visit, tmp_path: Path) -> None:
    table = everybody(visit, hostile_centre)
    table.locator("button[aria-expanded]").last.click()
    files = []
    for kind in ("csv", "xlsx"):
        with visit.page.expect_download() as download:
            table.locator(f"button[data-fw-save={kind}]").click()
        files.append(tmp_path / f"people.{kind}")
        download.value.save_as(files[-1])
    rows = list(csv.reader(io.StringIO(files[0].read_text(encoding="utf-8-sig"))))
    sheet = openpyxl.load_workbook(files[1]).active
    assert sheet is not None
    told = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in told} <= {"s", "n"}
    assert [cell for cell in told if cell.hyperlink] == []
    texts, values = [row[0] for row in rows[1:]], [str(cell.value) for cell in told]
    for word in HOSTILE:
        as_text = f"'{word.seen}" if word.seen.startswith(FORMULA) else word.seen
        assert any(as_text in text for text in texts), word.seen
        assert any(word.seen in value for value in values), word.seen
    assert [text for text in texts if text.startswith((*FORMULA, "\t", "\r"))] == []
    assert (visit.said, nothing_fired(visit.page)) == ([], True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_team_can_be_compared_and_is_told_by_name(
    hostile_centre: HostileCentre, visit: Visit, language: str
) -> None:
    page = visit.page
    visit.open(hostile_centre.site / language / "compare" / "index.html")
    panel = page.locator('[data-fw-compare="teams"][data-fw-ready]')
    panel.wait_for(state="attached")
    one, other = panel.locator("select").all()
    other.select_option(label=f"{PLAIN} team name")
    compared = []
    for option in one.locator("option").all()[1:]:
        name = option.inner_text()
        if name == f"{PLAIN} team name":
            continue
        one.select_option(value=option.get_attribute("value"))
        panel.locator("tbody tr").first.wait_for()
        panel.get_by_role("status").filter(has_text=name).wait_for()
        compared.append(name)
    assert [word.seen for word in HOSTILE if not any(word.seen in name for name in compared)] == []
    assert (visit.said, nothing_fired(page)) == ([], True)
