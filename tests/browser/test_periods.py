"""Periods and comparing in Chromium: two teams chosen and read, every month walked through, whole without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from pipelines.figures import figures
from pipelines.marts import Difference, Entity, Kpi, Period, rows
from tests.conftest import SmallCentre

SHAPES = {"better": "◆", "worse": "◆", "different": "▲", "too_close_to_call": "●", "too_few": "○"}
"""Of two teams: one of them is always the better."""
MARKS = SHAPES | {"worse": "■"}
"""Of two periods."""


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


def periods_of(page: Page) -> Locator:
    """The panel of two periods, when its script is there."""
    panel = page.locator('[data-fw-compare="periods"]')
    page.locator('[data-fw-compare="periods"][data-fw-ready]').wait_for()
    return panel


def shown_in(panel: Locator, mark: str) -> list[str]:
    """Texts of the rows, once the sentence of the choice stands there."""
    panel.get_by_role("status").filter(has_text=mark).wait_for()
    return [row.inner_text().replace("\xa0", " ") for row in panel.locator("tbody tr").all()]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("way", ["file", "http"])
def test_any_two_months_side_by_side_show_the_differences_of_the_mart(
    small_centre: SmallCentre, browser: Browser, address: str, language: str, way: str
) -> None:
    root = address if way == "http" else site(small_centre).as_uri()
    folder = small_centre.built.work / "marts"
    complaints: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{root}/{language}/compare/index.html")
    panel = periods_of(page)
    fig, kpis = figures(language), {kpi.kpi_id: kpi for kpi in rows(folder, Kpi)}
    names = {
        entity.name_zh if language == "zh" else entity.name_en: (entity.grain, entity.entity_id)
        for entity in rows(folder, Entity, "grain in ('centre', 'team')")
    }
    months = sorted(
        {row.period_start for row in rows(folder, Period, "period_kind = 'month' and is_complete")}, reverse=True
    )
    of, period, against = panel.locator("select").all()
    checked = 0
    # the later month first, then the earlier one first: the same pair, told of the later
    for place, (one, other) in ((0, (months[0], months[3])), (1, (months[4], months[2])), (2, (months[1], months[2]))):
        of.select_option(index=place)
        period.select_option(f"{one:%Y-%m}")
        against.select_option(f"{other:%Y-%m}")
        earlier, later = sorted((one, other))
        called = [period.locator(f'option[value="{month:%Y-%m}"]').inner_text() for month in (later, earlier)]
        who = of.evaluate("select => select.selectedOptions[0].text")
        grain, entity_id = names[who] if place else ("centre", "centre")
        shown = shown_in(panel, f"{called[0]} against {called[1]}" if language == "en" else f"{called[0]}与{called[1]}")
        found = rows(
            folder,
            Difference,
            "grain = ? and entity_id = ? and period_kind = 'month' and period_start = ? and other_start = ?"
            " and comparison in ('previous', 'year_ago', 'earlier')",
            [grain, entity_id, later, earlier],
        )
        assert len(shown) == len(found) > 5
        for row in found:
            kpi = kpis[row.kpi_id]
            label = kpi.label_zh if language == "zh" else kpi.label_en
            (line,) = [text for text in shown if text.startswith((label + "\t", label + "\n"))]
            figures_of_row = [fig.value(kpi, row.value), fig.value(kpi, row.other_value)]
            figures_of_row += [fig.change(kpi, row.difference), MARKS[row.verdict]]
            if row.difference_low is not None:
                figures_of_row.append(fig.change_range(kpi, row.difference_low, row.difference_high))
            for text in figures_of_row:
                assert text in line, (text, line)
            checked += 1
        heads = panel.locator("thead th").all_inner_texts()
        assert [head.split("\n")[0].strip() for head in heads[1:3]] == called
    assert checked > 20

    page.wait_for_url(re.compile(r"#periods=t-\w+,20\d\d-\d\d,20\d\d-\d\d$"))
    told, address_of_this = panel.get_by_role("status").inner_text(), page.url
    page.goto("about:blank")
    page.goto(address_of_this)
    page.locator('[data-fw-compare="periods"] tbody tr').first.wait_for()
    assert page.locator('[data-fw-compare="periods"]').get_by_role("status").inner_text() == told
    assert complaints == []
    page.close()


def test_a_period_against_itself_or_a_month_against_a_quarter_says_so(
    small_centre: SmallCentre, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto((site(small_centre) / "en" / "compare" / "index.html").as_uri())
    panel = periods_of(page)
    _, period, against = panel.locator("select").all()
    month = period.locator('optgroup[data-fw-kind="month"] option').first
    period.select_option(month.get_attribute("value"))
    panel.locator("tbody tr").first.wait_for()
    against.select_option(month.get_attribute("value"))
    assert shown_in(panel, f"{month.inner_text()} stands on both sides. Choose two different periods.") == []
    quarters = against.locator('optgroup[data-fw-kind="quarter"]')
    assert quarters.evaluate("group => group.disabled")
    period.select_option(index=1)
    assert shown_in(panel, "Choose two months or two quarters.") == []
    assert not quarters.evaluate("group => group.disabled")
    page.close()


def test_an_address_with_the_period_before_still_shows_it(small_centre: SmallCentre, browser: Browser) -> None:
    page = browser.new_page()
    file = (site(small_centre) / "en" / "compare" / "index.html").as_uri()
    page.goto(file)
    stems = page.locator('#fw-period optgroup[data-fw-kind="month"] option').evaluate_all(
        "all => all.map(o => o.value)"
    )
    told = []
    for against in ("previous", stems[1]):
        page.goto("about:blank")
        page.goto(f"{file}#periods=centre,{stems[0]},{against}")
        panel = periods_of(page)
        panel.locator("tbody tr").first.wait_for()
        told.append((panel.get_by_role("status").inner_text(), shown_in(panel, "against")))
    assert told[0] == told[1]
    page.close()


def test_a_later_choice_is_never_replaced_by_an_earlier_ones_answer(
    small_centre: SmallCentre, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto((site(small_centre) / "en" / "compare" / "index.html").as_uri())
    panel = periods_of(page)
    of, period, _ = panel.locator("select").all()
    slow = str(of.locator("option").nth(1).get_attribute("value"))
    # the team's file answers only when told to; the centre's is chosen meanwhile
    page.evaluate(
        """slow => {
            const data = floorwalk.data;
            const held = new Promise((resolve) => { window.release = resolve; });
            floorwalk.data = (name) => (name.endsWith(slow) ? held.then(() => data(name)) : data(name));
        }""",
        slow,
    )
    period.select_option(index=1)
    of.select_option(slow)
    of.select_option("centre")
    shown_in(panel, "The centre")
    page.evaluate("release()")
    page.wait_for_timeout(300)
    assert panel.get_by_role("status").inner_text().startswith("The centre")
    assert "#periods=centre," in page.url
    page.close()


def test_teams_chosen_before_the_script_arrives_stand_in_the_address(
    small_centre: SmallCentre, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/assets/js/compare.js", lambda route: held.append(route))
    page.goto(f"{address}/en/compare/index.html")
    for label, place in (("Team", 1), ("Other team", 2)):
        choose(page, label, place)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_url(re.compile(r"#teams=t-\w+,t-\w+$"))
    assert page.locator('[data-fw-compare="teams"] tbody tr').count() > 5
    page.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_periods_are_chosen_from_the_keyboard(small_centre: SmallCentre, browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.goto((site(small_centre) / language / "compare" / "index.html").as_uri())
    panel = periods_of(page)
    panel.locator("select").nth(1).focus()
    page.keyboard.press("ArrowDown")
    panel.locator("tbody tr").first.wait_for()
    first = panel.get_by_role("status").inner_text()
    assert first
    page.wait_for_url(re.compile("#periods=centre,20"))
    assert panel.locator("select").nth(1).evaluate("select => document.activeElement === select")
    page.keyboard.press("Tab")
    assert panel.locator("select").nth(2).evaluate("select => document.activeElement === select")
    page.keyboard.press("End")
    page.wait_for_url(re.compile("#periods=centre,20[^,]+,20"))
    panel.get_by_role("status").filter(has_not_text=first).wait_for()
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
