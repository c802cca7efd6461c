"""Periods and comparing in Chromium: two teams chosen and read, every month walked through, whole without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipelines.figures import figures
from pipelines.marts import Difference, Entity, Kpi, rows
from tests.conftest import SmallCentre

SHAPES = {"better": "◆", "worse": "◆", "different": "▲", "too_close_to_call": "●", "too_few": "○"}


def site(centre: SmallCentre) -> Path:
    return (centre.built.work / "site").resolve()


def choose(page: Page, label: str, place: int) -> str:
    """Choose an option by its place, and say its text."""
    select = page.locator(".fw-compare").get_by_label(label, exact=True)
    select.select_option(index=place)
    return str(select.evaluate("select => select.selectedOptions[0].text"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("way", ["file", "http"])
def test_two_teams_side_by_side_show_the_differences_of_the_mart(
    small_centre: SmallCentre, browser: Browser, address: str, language: str, way: str
) -> None:
    root = address if way == "http" else site(small_centre).as_uri()
    complaints: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{root}/{language}/compare/index.html")
    labels = ("Team", "Other team") if language == "en" else ("班组", "另一个班组")
    chosen = [choose(page, label, place) for place, label in enumerate(labels, start=1)]
    panel = page.locator('[data-fw-compare="teams"]')
    panel.locator("tbody tr").first.wait_for()
    told = panel.get_by_role("status").inner_text()
    shown = [row.inner_text().replace("\xa0", " ") for row in panel.locator("tbody tr").all()]

    folder = small_centre.built.work / "marts"
    names = {
        entity.entity_id: entity.name_zh if language == "zh" else entity.name_en
        for entity in rows(folder, Entity, "grain = 'team'")
    }
    ids = {name: entity_id for entity_id, name in names.items()}
    pair = tuple(ids[name] for name in chosen)
    found = [
        row for row in rows(folder, Difference, "comparison = 'team_pair'") if {row.entity_id, row.other_id} == {*pair}
    ]
    kpis = {kpi.kpi_id: kpi for kpi in rows(folder, Kpi)}
    assert len(shown) == len(found) > 5
    for row in found:
        kpi, sign = kpis[row.kpi_id], 1 if row.entity_id == pair[0] else -1
        label = kpi.label_zh if language == "zh" else kpi.label_en
        (line,) = [text for text in shown if text.startswith((label + "\t", label + "\n"))]
        fig = figures(language)
        own, other = (row.value, row.other_value) if sign == 1 else (row.other_value, row.value)
        for text in (
            fig.value(kpi, own),
            fig.value(kpi, other),
            fig.change(kpi, sign * row.difference),
            SHAPES[row.verdict],
        ):
            assert text in line, (text, line)
    assert all(name in told for name in chosen)

    page.wait_for_url(re.compile(r"#teams=t-\w+,t-\w+$"))
    address_of_this = page.url
    page.goto("about:blank")
    page.goto(address_of_this)
    page.locator('[data-fw-compare="teams"] tbody tr').first.wait_for()
    assert page.locator('[data-fw-compare="teams"]').get_by_role("status").inner_text() == told
    assert complaints == []
    page.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_periods_are_chosen_from_the_keyboard(small_centre: SmallCentre, browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.goto((site(small_centre) / language / "compare" / "index.html").as_uri())
    panel = page.locator('[data-fw-compare="periods"]')
    page.locator('[data-fw-compare="periods"][data-fw-ready]').wait_for()
    panel.locator("select").nth(1).focus()
    page.keyboard.press("ArrowDown")
    panel.locator("tbody tr").first.wait_for()
    assert panel.get_by_role("status").inner_text()
    page.wait_for_url(re.compile("#periods=centre,20"))
    assert panel.locator("select").nth(1).evaluate("select => document.activeElement === select")
    page.close()


def test_previous_and_next_walk_through_all_months(small_centre: SmallCentre, browser: Browser) -> None:
    folder = site(small_centre) / "en" / "periods"
    months = sorted(file.stem for file in folder.glob("20??-[01]?.html"))
    assert len(months) > 3
    page = browser.new_page()
    page.goto((folder / f"{months[0]}.html").as_uri())
    for way, expected in (("next", months[1:]), ("prev", months[-2::-1])):
        for month in expected:
            page.locator(f'a[rel="{way}"]').first.click()
            page.wait_for_url(f"**/{month}.html")
        assert page.locator(f'.fw-pager a[rel="{way}"]').count() == 0
    page.close()


@pytest.mark.parametrize("path", ["compare/index.html", "periods/index.html", "history"])
def test_without_scripts_the_pages_are_whole_and_fit_a_phone(
    small_centre: SmallCentre, browser: Browser, path: str
) -> None:
    root = site(small_centre) / "zh"
    file = next(iter(sorted(root.glob("history/t-*.html")))) if path == "history" else root / path
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(file.as_uri())
    assert not page.locator(".fw-compare:visible").count()
    assert page.locator("table.fw-table:visible tbody tr").count() >= 3
    assert page.locator("main").evaluate("main => main.scrollWidth <= document.documentElement.clientWidth")
    if path == "periods/index.html":
        page.locator("tbody a").first.click()
        page.locator(".fw-pager summary").click()
        assert page.locator(".fw-pager li a:visible").count() > 3
    context.close()
