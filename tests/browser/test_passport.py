"""From a figure to where it comes from: the passport beside a figure, its section on the KPI's page, the dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SmallCentre

SAYS = {"en": ("Exact value", "Period", "Number passport"), "zh": ("精确值", "周期", "数字来历")}
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that allows no complaint of the console and no violation of a policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert complaints == []
    assert page.evaluate("window.violations") == []
    context.close()


def team(centre: SmallCentre, language: str) -> Path:
    root = (centre.built.work / "site" / language).resolve()
    return next(iter(sorted((root / "teams").glob("t-*.html"))))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_click_on_a_figure_gives_the_marts_own_value_and_leads_to_its_passport(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    page.goto(team(small_centre, language).as_uri())
    figure = page.locator(".fw-n[data-kpi]:not(a *):not(button *):not(summary *)").first
    kpi_id = figure.get_attribute("data-kpi")
    kind, _, start = str(figure.get_attribute("data-period")).partition(":")
    figure.click()
    dialog = page.locator("dialog.fw-passport")
    dialog.wait_for()
    held = small_centre.built.mart(
        "select value from {fct_kpi_value} where grain = 'team' and kpi_id = '"
        + f"{kpi_id}' and period_kind = '{kind}'"
        f" and period_start = '{start}'"
    )
    shown = dialog.locator("dd").first.inner_text()
    assert float(shown.split(" ")[0].split("（")[0]) in [value for (value,) in held]
    for word in SAYS[language]:
        assert word in dialog.inner_text()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert page.evaluate("document.activeElement.dataset.kpi") == kpi_id
    figure.click()
    dialog.get_by_role("link").click()
    page.wait_for_url(f"**/kpis/{kpi_id}.html#passport")
    assert page.locator("#passport").is_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_by_keyboard_figures_answer_only_while_the_reader_asks_for_it(
    small_centre: SmallCentre, page: Page, language: str
) -> None:
    page.goto(team(small_centre, language).as_uri())
    button = page.locator("[data-fw-explain]")
    assert page.locator(".fw-n[tabindex='0']").count() == 0
    button.focus()
    page.keyboard.press("Enter")
    first = page.locator(".fw-n[role='button']").first
    first.wait_for()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator(".fw-passport-told").inner_text()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.fw-n')"):
            break
    page.keyboard.press("Enter")
    page.locator("dialog.fw-passport").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.fw-n[role=button]')")
    page.keyboard.press("Escape")
    assert page.locator(".fw-n[role='button']").count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('data-fw-explain')")


def test_the_dialog_stays_on_a_phone_and_closes_when_the_reader_goes_elsewhere(
    small_centre: SmallCentre, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(team(small_centre, "en").as_uri())
    page.locator(".fw-n[data-kpi]:not(a *):not(button *):not(summary *)").first.click()
    dialog = page.locator("dialog.fw-passport")
    dialog.wait_for()
    box = dialog.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 320
    page.locator("h1").click()
    assert dialog.count() == 0
    context.close()


def test_every_printed_formula_gives_the_published_value_when_it_is_run(small_centre: SmallCentre) -> None:
    formulas = small_centre.built.mart(
        "select kpi_id, formula_sql, source_model, value"
        " from {dim_kpi_formula} as formulas inner join {fct_kpi_value} as figures using (kpi_id)"
        " where grain = 'centre' and period_kind = 'all' and source_model <> ''"
    )
    assert len(formulas) > 10
    wrong = []
    with duckdb.connect(str(small_centre.built.work / "cache" / "warehouse.duckdb"), read_only=True) as warehouse:
        for kpi_id, formula, source, value in formulas:
            found = warehouse.execute(f"select {formula} from intermediate.{source}").fetchone()
            if found is None or abs(float(found[0]) - value) > 1e-8:
                wrong.append((kpi_id, found, value))
    assert wrong == []


def test_the_passport_counts_the_tests_that_ran_in_this_build(small_centre: SmallCentre) -> None:
    ((models, tests, passed),) = small_centre.built.mart(
        "select count(*), sum(tests), sum(passed) from {dim_model} where kind = 'model'"
    )
    assert models > 200
    assert tests == passed > 300
    assert "all of them passed in this build" in small_centre.built.page("en/kpis/answer_rate.html")


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_dictionary_shows_every_column_of_a_mart_and_asks_for_nothing_else(
    small_centre: SmallCentre, page: Page, address: str, way: str
) -> None:
    file = (small_centre.built.work / "site" / "dictionary" / "index.html").resolve()
    start = f"{address}/dictionary/index.html" if way == "http" else file.as_uri()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(start)
    page.get_by_role("heading", name="Floorwalk data dictionary").wait_for()
    page.goto(f"{start}#!/model/model.floorwalk.fct_kpi_value")
    page.get_by_role("heading", name="fct_kpi_value").wait_for()
    columns = page.locator("tr.column-row td:first-child").all_inner_texts()
    described = small_centre.built.mart("describe select * from {fct_kpi_value}")
    assert [text.strip() for text in columns] == [str(row[0]) for row in described]
    assert {url for url in asked if not url.startswith("data:")} <= {start, f"{address}/favicon.ico"}


def test_the_dictionary_tells_nothing_of_this_machine(small_centre: SmallCentre) -> None:
    text = (small_centre.built.work / "site" / "dictionary" / "index.html").read_text(encoding="utf-8")
    for told in (str(small_centre.built.work), str(Path.cwd()), "invocation_id", "generated_at", "compiled_path"):
        assert told not in text
    assert len(text) < 5_000_000
