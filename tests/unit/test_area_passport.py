"""The number passport: what it says of a figure and what it lacks, and that the formula shown is the formula run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import dictionary, marts, warehouse
from pipelines.cli import catalogue, explain
from pipelines.figures import figures
from pipelines.marts import Kpi, KpiFormula, KpiStandard, Model
from pipelines.settings import PROJECT
from pipelines.site import areas, model, pages
from pipelines.site.areas import passport
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.model_sql import Project
from tests.unit import fake_marts
from tests.unit.site_pages import by_path, content, read

DBT = PROJECT / "dbt_project"
ENTRIES = catalogue.entries(DBT)
STANDARDS = [
    KpiStandard("answer_rate", "*", date(1900, 1, 1), 0.6, 0.7, 0.9, "value", "default", False),
    KpiStandard("answer_rate", "*", date(2024, 2, 1), 0.7, 0.8, 0.9, "value", "Operations", True),
    KpiStandard("answer_rate", "general", date(2024, 6, 1), 0.7, 0.85, 0.9, "value", "Operations", False),
]


def model_of(name: str, parents: str, tests: int = 2, passed: int = 2) -> Model:
    return Model(name, "model", f"dbt_project/models/{name}.sql", f"About {name}.", parents, tests, passed, 10)


MODELS = [
    model_of("fct_kpi_value", "int_kpi_sum, dim_kpi"),
    model_of("int_kpi_sum", "int_contact_period, int_survey_period"),
    model_of("int_contact_period", "dim_period, int_contact_day"),
    model_of("int_contact_day", "int_contact"),
    model_of("int_contact", "raw.contacts", 0, 0),
    model_of("dim_period", "", 1, 1),
    model_of("dim_kpi", "", 5, 5),
    model_of("int_survey_period", "", 9, 9),
    Model("raw.contacts", "source", "dbt_project/models/staging/_sources.yml", "Contacts.", "", 1, 1, None),
]


def site_of(folder: Path, models: Iterable[Model] = (), standards: Iterable[KpiStandard] = STANDARDS) -> Site:
    rows = fake_marts.centre()
    rows[KpiStandard] = list(standards)
    written = fake_marts.write(folder, rows)
    listed = [astuple(each) for each in models]
    if listed:
        warehouse.write(written / "dim_model.parquet", dictionary.MODEL_TYPES, listed)
        (written / dictionary.NAME).write_text("<html></html>", encoding="utf-8")
    return areas.with_books(model.load(written), written)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("passport") / "marts", MODELS)


def voice(site: Site, language: str = "en") -> Voice:
    return Voice(pages._words(language), figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def page_of(site: Site, language: str = "en", kpi_id: str = "answer_rate") -> str:
    return content(by_path(site, language)[f"kpis/{kpi_id}.html"])


def test_every_kpi_page_has_its_passport_at_one_place(site: Site) -> None:
    for language in ("en", "zh"):
        for kpi in site.kpis:
            page = by_path(site, language)[f"kpis/{kpi.kpi_id}.html"]
            assert content(page).count('id="passport"') == 1, page.path


def test_the_passport_leads_from_the_mart_back_to_the_rows(site: Site) -> None:
    html = page_of(site)
    places = [html.index(f"<code>{name}</code>") for name in
              ("fct_kpi_value", "int_kpi_sum", "int_contact_period", "int_contact_day", "int_contact")]  # fmt: skip
    assert places == sorted(places)
    assert "<code>dim_kpi</code>" not in html
    assert "#!/model/model.floorwalk.int_contact_period" in html


def test_all_tests_behind_a_figure_are_counted_and_those_of_other_figures_are_not(site: Site) -> None:
    found = passport.chain({each.model: each for each in MODELS}, fake_marts.formulas()[0])
    assert found is not None
    assert (found.models, found.tests, found.passed) == (7, 10, 10)
    assert (
        "stand 7 models with 10 data tests; all of them passed in this build"
        in read(by_path(site, "en")["kpis/answer_rate.html"]).text
    )


def with_book(site: Site, **changed: object) -> Site:
    """The site with another passport book."""
    book = site.books["passport"]
    assert isinstance(book, passport.Book)
    return replace(site, books={**site.books, "passport": replace(book, **changed)})  # type: ignore[arg-type]


def test_a_warning_is_told_and_a_missing_list_too(site: Site) -> None:
    weak = [replace(each, passed=0) if each.model == "dim_period" else each for each in MODELS]
    warned = page_of(with_book(site, models={each.model: each for each in weak}))
    assert "10 data tests; 9 passed in this build, the others are warnings" in warned
    without = page_of(with_book(site, models={}, has_dictionary=False))
    assert "The list of models and tests did not come with these figures." in without
    assert "dictionary/index.html" not in without


def test_expectations_say_for_whom_since_when_and_by_whom(site: Site) -> None:
    text = read(by_path(site, "en")["kpis/answer_rate.html"]).text
    lines = " | ".join(line.strip() for line in text.split("\n") if line.strip())
    assert "everybody | 70.0% | from the start | starting value of this product | replaced" in lines
    assert "everybody | 80.0% | 1 Feb 2024 | Operations | in force" in lines
    assert "General enquiries | 85.0% | 1 Jun 2024 | Operations | not yet" in lines
    assert "it is shown, never judged against a target" in page_of(site, kpi_id="average_talk_time")


def test_deliveries_rows_and_day_of_the_data_are_named(site: Site) -> None:
    text = read(by_path(site, "en")["kpis/answer_rate.html"]).text
    assert "The figures rest on Contacts: 4,990 rows in use." in text
    assert "The data reach to 31 Mar 2024." in text
    assert "calls<1>.csv" in text
    nothing = read(by_path(site, "en")["kpis/first_contact_resolution.html"]).text
    assert "The figures rest on Contacts" in nothing


def test_the_dictionary_is_linked_in_both_languages_and_said_to_be_english(site: Site) -> None:
    assert 'href="../../dictionary/index.html"' in page_of(site)
    assert "in English only" in page_of(site)
    assert "仅有英文" in page_of(site, "zh")
    assert 'href="../../dictionary/index.html"' in content(by_path(site, "en")["data/index.html"])


def test_scripts_get_the_facts_of_every_kpi_and_the_name_of_every_period(site: Site) -> None:
    for language in ("en", "zh"):
        (file,) = passport.files(site, voice(site, language))
        text = file.content().decode()
        assert file.path == "assets/data/passport.js"
        assert all(f'"{kpi.kpi_id}":' in text for kpi in site.kpis)
        assert all(f'"{kind}:{start}":' in text for kind, start in site.periods if kind != "day")
        assert "10" in text
    assert "2024年3月" in text


def test_the_page_and_the_command_line_explain_a_kpi_in_the_same_lines() -> None:
    formulas = {row[0]: row for row in formulas_that_run()}
    for entry in ENTRIES:
        _, formula, people, weight = formulas[entry.kpi_id]
        assert (entry.formula, entry.formula_for_people, entry.weight) == (formula, people, weight)
        kpi = explain._kpi(entry)
        row = KpiFormula(entry.kpi_id, formula, people, weight, "int_contact_period", "int_contact", entry.fewest)
        say = Voice(pages._words("en"), figures("en"), {kpi.kpi_id: kpi})
        assert explain.lines(entry) == passport.formula.lines(say, kpi, row)


def formulas_that_run() -> list[tuple[str, ...]]:
    with duckdb.connect(":memory:") as connection:
        Project().build(connection, "dim_kpi_formula")
        query = "select kpi_id, formula_sql, formula_people_sql, weight_sql from dim_kpi_formula"
        return connection.execute(query).fetchall()


def test_a_formula_can_be_run_as_it_is_shown() -> None:
    formulas = {row[0]: row[1] for row in formulas_that_run()}
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "create table contacts as select * from"
            " (values (true, true, 10.0), (true, true, 30.0), (false, true, 50.0))"
            " as t(is_answered, is_offered, wait_seconds)"
        )
        shown = [
            connection.execute(f"select {formulas[kpi_id]} from contacts").fetchone()
            for kpi_id in ("contacts_handled", "answer_rate", "speed_of_answer")
        ]
    assert [round(float(row[0]), 6) for row in shown if row] == [2.0, 0.666667, 20.0]


def test_a_weighted_kpi_is_divided_by_its_weights() -> None:
    formulas = {row[0]: row[1] for row in formulas_that_run()}
    with duckdb.connect(":memory:") as connection:
        connection.execute("create table days as select * from (values (60, 100), (90, 300)) as t(p, d)")
        query = f"select {formulas['attendance_rate']} from (select p as present_minutes, d as due_minutes from days)"
        assert connection.execute(query).fetchone() == (0.375,)


def test_an_index_shows_its_own_formula_and_no_sum_over_rows() -> None:
    formulas = {row[0]: row[1] for row in formulas_that_run()}
    for kpi in ENTRIES:
        if kpi.family == "index":
            assert "filter (where" not in formulas[kpi.kpi_id]
            assert not any(line.what == "Rows that count" for line in explain.lines(kpi))


def test_every_family_says_how_its_likely_range_is_computed() -> None:
    said = {entry.family: next(line.text for line in explain.lines(entry) if line.what == "Likely range")
            for entry in ENTRIES}  # fmt: skip
    assert set(said) == set(catalogue.ALLOWED["family"])
    assert "Wilson" in said["prop"]
    assert "None: a total is counted" in said["volume"]


def test_the_marts_of_the_passport_are_the_ones_the_site_reads(site: Site) -> None:
    book = site.books["passport"]
    assert isinstance(book, passport.Book)
    assert set(book.formulas) == {kpi.kpi_id for kpi in fake_marts.KPIS}
    assert book.models.keys() == {each.model for each in MODELS}
    assert {KpiFormula, KpiStandard} <= set(marts.MARTS)
    assert Model not in marts.MARTS
    assert Kpi in marts.MARTS
