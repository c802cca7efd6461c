"""Tables put in order, filtered and saved in a browser, in both languages; figures saved as pictures."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page

from pipelines.figures import NOTHING, figures
from tests.conftest import SmallCentre

LANGUAGES = ("en", "zh")
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")
FIGURES = (
    "[...table.querySelectorAll('tbody tr')].map(row => row.cells[%d]?.querySelector('.fw-n')?.dataset.value ?? null)"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser in which no script may fail and the policy refuses nothing."""
    context = browser.new_context(accept_downloads=True)
    context.add_init_script(
        "window.refused = []; document.addEventListener('securitypolicyviolation', e => refused.push(e.blockedURI))"
    )
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    assert (faults, page.evaluate("window.refused ?? []")) == ([], [])
    context.close()


def team(centre: SmallCentre, language: str) -> Path:
    return min((centre.built.work / "site" / language / "teams").resolve().glob("t-*.html"))


def open_team(centre: SmallCentre, page: Page, language: str) -> None:
    page.goto(team(centre, language).as_uri())
    page.locator(".fw-tools").first.wait_for(state="attached")


def members(page: Page) -> Locator:
    """The table of a team's people: a name and figures with their values in every row."""
    return page.locator("table.fw-grid").filter(has=page.locator(".fw-sort")).first


def add_table(page: Page, headings: list[str], rows: list[list[str]]) -> Locator:
    """A table of the reader's page made of these texts, with its tools; a row of one text is one wide cell."""
    page.evaluate(
        """async ([headings, rows]) => {
            const { make } = floorwalk;
            const cell = (tag, text, texts) => make(tag, { colspan: headings.length / texts.length }, text);
            const line = (tag, texts) => make('tr', {}, ...texts.map(text => cell(tag, text, texts)));
            const table = make('table', { class: 'fw-table' }, make('thead', {}, line('th', headings)),
                make('tbody', {}, ...rows.map(row => line('td', row))));
            const wide = make('div', { class: 'fw-wide' }, table);
            const part = make('section', { id: 'own' }, make('h2', {}, 'Own: table?'), wide);
            document.querySelector('h1').after(part);
            (await floorwalk.need('tables'))(part);
        }""",
        [headings, rows],
    )
    return page.locator("#own")


def saved(page: Page, part: Locator, kind: str, folder: Path) -> Path:
    """The file somebody gets who opens "Save" and takes a kind."""
    toggle = part.locator("button[aria-expanded]").last
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    with page.expect_download() as download:
        part.locator(f"button[data-fw-save={kind}]").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


# ---------- order
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_is_put_in_order_from_the_keyboard_and_back_as_delivered(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    open_team(small_centre, page, language)
    table = members(page)
    button = table.locator(".fw-sort").nth(1)
    heading = table.locator("thead th").nth(1)
    delivered = table.evaluate(f"table => {FIGURES % 1}")
    values = sorted((float(value) for value in delivered if value), key=float)
    nothing = [None] * delivered.count(None)
    assert len(set(values)) >= 4
    button.focus()
    for key, order, wanted in (("Enter", "ascending", values), (" ", "descending", values[::-1])):
        page.keyboard.press(key)
        page.locator(f"th[aria-sort={order}]").wait_for()
        seen = table.evaluate(f"table => {FIGURES % 1}")
        assert [float(value) if value else None for value in seen] == wanted + nothing
        assert heading.text_content() and page.locator(".fw-heard").text_content()
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('[aria-sort]')")
    assert table.evaluate(f"table => {FIGURES % 1}") == delivered


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_is_said_to_those_who_listen(small_centre: SmallCentre, page: Page, language: str) -> None:
    open_team(small_centre, page, language)
    name = members(page).locator("thead th").first.text_content()
    said = {"en": [f"In ascending order of {name}", f"In descending order of {name}", "In the order delivered"],
            "zh": [f"已按“{name}”从小到大排列", f"已按“{name}”从大到小排列", "已恢复原来的顺序"]}  # fmt: skip
    for text in said[language]:
        members(page).locator(".fw-sort").first.press("Enter")
        page.wait_for_function("text => document.querySelector('.fw-heard')?.textContent === text", arg=text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_the_order_of_the_language_and_nothing_stands_last(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    open_team(small_centre, page, language)
    names = {
        "en": ["Zoe", NOTHING, "Émile", "adam", "Team 10", "Team 9"],
        "zh": ["张三", NOTHING, "白鹤", "李四", "10 组", "9 组"],
    }
    wanted = {
        "en": ["adam", "Émile", "Team 9", "Team 10", "Zoe", NOTHING],
        "zh": ["9 组", "10 组", "白鹤", "李四", "张三", NOTHING],
    }
    own = add_table(page, ["Name"], [[name] for name in names[language]])
    own.locator(".fw-sort").click()
    own.locator("[aria-sort=ascending]").wait_for()
    assert own.locator("td").all_text_contents() == wanted[language]
    own.locator(".fw-sort").click()
    own.locator("[aria-sort=descending]").wait_for()
    assert own.locator("td").all_text_contents() == [*wanted[language][-2::-1], NOTHING]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_writing_of_a_figure_is_read_back(small_centre: SmallCentre, page: Page, language: str) -> None:
    open_team(small_centre, page, language)
    fig = figures(language)
    day, later = date(2024, 9, 5), date(2025, 1, 31)
    written: dict[str, tuple[str, float | str | None]] = {
        fig.count(1234567): ("number", 1234567), fig.number(-12.5, 1): ("number", -12.5),
        fig.signed(3.2): ("number", 3.2),
        fig.share(0.1234): ("share", 0.123), fig.share(1): ("share", 1), fig.seconds(45.25): ("seconds", 45.2),
        fig.seconds(180): ("seconds", 180), fig.seconds(225): ("seconds", 225), fig.seconds(7500): ("seconds", 7500),
        fig.seconds(224.92, 2): ("seconds", 224.92), fig.clock(225): ("seconds", 225),
        fig.range(3, 14): ("range", 3), fig.day(day): ("day", "2024-09-05"), fig.day(later): ("day", "2025-01-31"),
        fig.days(day, later): ("period", "2024-09-05"), fig.period("week", day): ("period", "2024-09-05"),
        fig.period("month", day): ("period", "2024-09-01"), fig.period("quarter", later): ("period", "2025-01-01"),
        NOTHING: ("nothing", None), "": ("nothing", None), "B12 Nord": ("text", None), "1 + 1": ("text", None),
    }  # fmt: skip
    page.evaluate("floorwalk.need('cells')")
    for text, (kind, value) in written.items():
        cell = page.evaluate("text => floorwalk.cells(floorwalk.make('td', {}, text))", text)
        found = cell.get("value")
        if isinstance(value, str):
            found = page.evaluate("x => new Date(x).toISOString().slice(0, 10)", found)
        assert (cell["kind"], found) == (kind, value), text


def test_a_table_with_cells_over_several_columns_keeps_its_order_but_can_be_saved(
    small_centre: SmallCentre, page: Page, tmp_path: Path
) -> None:
    open_team(small_centre, page, "en")
    own = add_table(page, ["Team", "A", "B"], [["Group"], *(["x", str(number), "–"] for number in range(8))])
    assert own.locator(".fw-sort, .fw-filter").count() == 0
    lines = saved(page, own, "csv", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:3] == ['"Group",,', '"x",0,']


# ---------- filter
@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_filtered_counted_and_brought_back_with_escape(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    open_team(small_centre, page, language)
    rows = [[f"Team {number:02d} 团队", f"{number}.5%"] for number in range(12)]
    own = add_table(page, ["Team", "Share"], rows)
    box = own.get_by_label({"en": "Filter rows", "zh": "筛选"}[language])
    box.fill("TEAM 03")
    assert own.locator("tbody tr:visible").all_text_contents() == ["Team 03 团队3.5%"]
    assert own.locator(".fw-count").text_content() == {"en": "1 of 12 rows", "zh": "12 行中显示 1 行"}[language]
    box.press("Escape")
    assert (box.input_value(), own.locator("tbody tr:visible").count()) == ("", 12)
    assert own.locator(".fw-count").text_content() == ""


def test_short_tables_have_no_filter_and_very_short_ones_no_order(small_centre: SmallCentre, page: Page) -> None:
    open_team(small_centre, page, "en")
    for size, buttons, boxes in ((3, 0, 0), (4, 1, 0), (7, 1, 0), (8, 1, 1)):
        own = add_table(page, ["Team"], [[f"{number}"] for number in range(size)])
        assert (own.locator(".fw-sort").count(), own.locator("input").count()) == (buttons, boxes)
        own.evaluate("part => part.remove()")


# ---------- saving
HOSTILE = [
    "=1+1",
    "+1+cmd",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "_x0041_ <b>&",
    '"quoted", text',
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_has_the_values_behind_the_figures(
    small_centre: SmallCentre, page: Page, language: str, tmp_path: Path
) -> None:
    open_team(small_centre, page, language)
    table = members(page)
    place = page.locator(".fw-wide:has(table.fw-grid) + .fw-tools").first
    file = saved(page, place, "csv", tmp_path)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    headings, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert headings == [text.strip() for text in table.locator("thead th").all_text_contents()]
    for column in range(1, len(headings)):
        wanted = table.evaluate(f"table => {FIGURES % column}")
        assert [row[column] or None for row in rows] == wanted
    assert re.fullmatch(r'[^\\/:*?"<>|]+ - [^\\/:*?"<>|]+ - \d{4}-\d\d-\d\d\.csv', file.name)


def test_what_could_be_a_formula_is_text_in_every_file(small_centre: SmallCentre, page: Page, tmp_path: Path) -> None:
    open_team(small_centre, page, "en")
    own = add_table(page, ["=Name", "Share"], [[text, "12.5%"] for text in HOSTILE])
    text = saved(page, own, "csv", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["'=Name", *(f"'{word}" for word in HOSTILE[:6]), *HOSTILE[6:]]
    assert {row[1] for row in rows[1:]} == {"0.125"}
    sheet = openpyxl.load_workbook(saved(page, own, "xlsx", tmp_path)).active
    assert sheet is not None
    column = [sheet.cell(row, 1) for row in range(1, len(HOSTILE) + 2)]
    assert {cell.data_type for cell in column} == {"s"}
    assert [cell.value for cell in column] == ["=Name", *HOSTILE]
    assert {link for cell in column if (link := cell.hyperlink)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_typed_cells_headings_that_stay_and_a_filter(
    small_centre: SmallCentre, page: Page, language: str, tmp_path: Path
) -> None:
    open_team(small_centre, page, language)
    fig = figures(language)
    row = ["客服", fig.share(0.8231), fig.count(1234), fig.seconds(225), fig.day(date(2024, 3, 31)), NOTHING]
    own = add_table(page, ["Team", "A", "B", "C", "D", "E"], [row] * 2)
    sheet = openpyxl.load_workbook(saved(page, own, "xlsx", tmp_path)).active
    assert sheet is not None
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Own  table", "A2", "A1:F3")
    cells = [sheet.cell(2, column) for column in range(1, 7)]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "n", "d", "n"]
    assert [getattr(cell.value, "date", lambda value=cell.value: value)() for cell in cells] == [
        "客服", 0.823, 1234, 225, date(2024, 3, 31), None]  # fmt: skip
    assert [cell.number_format for cell in cells[1:5]] == ["0.0%", "#,##0", '#,##0.0##" s"', "yyyy-mm-dd"]
    assert sheet["A1"].font.b


def test_only_rows_that_are_shown_are_saved_in_the_order_they_are_in(
    small_centre: SmallCentre, page: Page, tmp_path: Path
) -> None:
    open_team(small_centre, page, "en")
    own = add_table(page, ["Team", "n"], [[f"Team {n % 2}", str(n)] for n in range(10)])
    own.locator("input").fill("team 1")
    own.locator(".fw-sort").nth(1).dblclick()
    own.locator("[aria-sort=descending]").wait_for()
    lines = saved(page, own, "csv", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    assert lines == ['"Team","n"', *(f'"Team 1",{n}' for n in (9, 7, 5, 3, 1))]


def test_a_very_long_table_becomes_a_workbook_too(small_centre: SmallCentre, page: Page, tmp_path: Path) -> None:
    open_team(small_centre, page, "en")
    own = add_table(page, ["a", "b", "c"], [[f"agent {n}", str(n), f"{n / 100}%"] for n in range(4000)])
    sheet = openpyxl.load_workbook(saved(page, own, "xlsx", tmp_path)).active
    assert sheet is not None
    assert sheet.max_row == 4001


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_saved_as_a_drawing_that_stands_alone(
    small_centre: SmallCentre, page: Page, language: str, tmp_path: Path
) -> None:
    open_team(small_centre, page, language)
    for number in range(page.locator("figure.fw-figure").count()):
        figure = page.locator("figure.fw-figure").nth(number)
        text = saved(page, figure, "svg", tmp_path).read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)  # noqa: S314 - our own file
        said = re.sub(r"\s", "", "".join(root.itertext()))
        for part in (".fw-headline", ".fw-subtitle", ".fw-source"):
            assert re.sub(r"\s", "", figure.locator(part).inner_text()) in said
        assert not re.search(r"var\(|class=|https?://(?!www\.w3\.org)|<script|NaN|undefined", text)
        assert "font-family" in root.attrib
        assert len(re.findall(r"<(?:path|rect|line|circle|text)\b", text)) > 10


def test_a_figure_is_saved_as_a_sharp_picture(small_centre: SmallCentre, page: Page, tmp_path: Path) -> None:
    open_team(small_centre, page, "en")
    figure = page.locator("figure.fw-figure").first
    drawing = ElementTree.parse(saved(page, figure, "svg", tmp_path)).getroot()  # noqa: S314 - our own file
    content = saved(page, figure, "png", tmp_path).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    size = [int.from_bytes(content[start : start + 4], "big") for start in (16, 20)]
    assert size == [2 * round(float(drawing.attrib[name])) for name in ("width", "height")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_save_opens_and_closes_from_the_keyboard_and_says_what_it_saves(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    open_team(small_centre, page, language)
    tools = page.locator("figure.fw-figure .fw-tools").first
    toggle = tools.locator("button[aria-expanded]")
    headline = page.locator("figure.fw-figure .fw-headline").first.inner_text()
    assert headline in (toggle.get_attribute("aria-label") or "")
    toggle.press("Enter")
    kinds = tools.locator("button[data-fw-save]:visible")
    assert kinds.count() == 4
    page.keyboard.press("Tab")
    assert kinds.first.evaluate("button => button === document.activeElement")
    page.keyboard.press("Escape")
    assert (toggle.get_attribute("aria-expanded"), kinds.count()) == ("false", 0)
    assert toggle.evaluate("button => button === document.activeElement")


# ---------- around
def test_without_scripts_no_button_stands_there_and_does_nothing(small_centre: SmallCentre, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(team(small_centre, "en").as_uri())
    assert page.locator(".fw-sort, .fw-tools, .fw-filter, [data-fw-save]").count() == 0
    assert page.locator("button:visible").count() == 0
    context.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_tools_move_nothing_on_the_page_and_fit_it(small_centre: SmallCentre, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page = context.new_page()
    for path in ("teams/index.html", f"teams/{team(small_centre, 'en').name}", "kpis/index.html"):
        page.goto((small_centre.built.work / "site" / "en" / path).resolve().as_uri())
        page.locator(".fw-tools").first.wait_for(state="attached")
        page.wait_for_timeout(200)
        seen: dict[str, Any] = page.evaluate("({ moved, width: document.documentElement.scrollWidth })")
        assert seen["width"] <= width, path
        assert seen["moved"] < 0.02, path
    context.close()


def test_on_paper_there_are_no_tools(small_centre: SmallCentre, page: Page) -> None:
    open_team(small_centre, page, "en")
    page.emulate_media(media="print")
    assert page.locator(".fw-tools:visible, .fw-filter:visible, .fw-order:visible").count() == 0
