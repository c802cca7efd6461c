"""Pages of periods: their list, one period of the centre, one team through its periods."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.marts import Difference, Period
from pipelines.settings import LANGUAGES
from pipelines.site import model, pages, timeline
from pipelines.site.areas import with_books
from pipelines.site.areas._periods_contexts import PeriodPage
from pipelines.site.model import Site
from pipelines.site.pages import Page
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import compare_centre, fake_marts


def site_of(folder: Path, rows: fake_marts.Rows) -> Site:
    fake_marts.write(folder, rows)
    return with_books(model.load(folder), folder)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), compare_centre.rows())


def found(site: Site, kind: str, language: str = "en") -> dict[str, Page]:
    return {page.path: page for page in pages.pages(site, language) if page.kind == kind}


def said(page: Page) -> str:
    unlinked = re.sub(r"</?a\b[^>]*>", "", str(page.content({})))
    return " ".join(re.sub(r"<[^>]+>", " ", unlinked).split())


# ---------- which periods
def test_each_complete_month_and_quarter_and_the_whole_period_has_a_page_and_no_running_one(centre: Site) -> None:
    stems = [path.removeprefix("periods/").removesuffix(".html") for path in found(centre, "period")]
    assert stems == [
        "2024-Q1", "2023-Q4",
        "2024-03", "2024-02", "2024-01", "2023-12", "2023-11", "2023-10", "2023-09", "all",
    ]  # fmt: skip


def test_previous_and_next_lead_through_all_months_and_back(centre: Site) -> None:
    shown = found(centre, "period")
    at, walked = "periods/2023-09.html", ["2023-09"]
    while later := re.search(r'rel="next" href="([^"]+)"', str(shown[at].content({}))):
        at = f"periods/{later[1].removeprefix('../periods/')}"
        walked.append(at[8:-5])
    assert walked == ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]
    while earlier := re.search(r'rel="prev" href="([^"]+)"', str(shown[at].content({}))):
        at = f"periods/{earlier[1].removeprefix('../periods/')}"
        walked.pop()
    assert (at, walked) == ("periods/2023-09.html", ["2023-09"])


def test_the_switch_leads_to_every_period_by_year(centre: Site) -> None:
    content = str(found(centre, "period")["periods/2024-02.html"].content({}))
    switch = content[content.index("<details>") : content.index("</details>")]
    assert len(re.findall(r'href="\.\./periods/(?!index)', switch)) == 10
    assert re.search(r'href="\.\./periods/2024-02\.html" aria-current="page"', switch)
    assert switch.index("2024</strong>") < switch.index("2023</strong>")


def test_a_year_ago_is_the_same_month_of_the_year_before() -> None:
    periods = {
        ("month", start): Period("month", start, start, 1, True, False, False)
        for start in (date(2023, 1, 1), date(2023, 12, 1), date(2024, 1, 1))
    }
    site = replace(EMPTY, periods=periods)
    january = periods["month", date(2024, 1, 1)]
    assert timeline.year_ago(site, january) == periods["month", date(2023, 1, 1)]
    assert timeline.before(site, january) == periods["month", date(2023, 12, 1)]
    assert timeline.after(site, january) is None
    assert timeline.before(site, Period("all", date(2023, 1, 1), date(2024, 1, 31), 1, True, True, True)) is None


EMPTY = Site((), {}, {}, (), (), {}, {}, {}, (), {}, {}, {}, (), (), (), (), (), (), ())


# ---------- what is said
def test_the_answer_tells_what_got_better_and_what_got_worse_by_more_than_chance(centre: Site) -> None:
    text = said(found(centre, "period")["periods/2024-Q1.html"])
    assert "Q1 2024 against Q4 2023: better by more than chance in Answer rate; worse in Speed of answer." in text
    assert "+5.0 percentage points +2.0 to +8.0 percentage points ◆ better, by more than chance" in text


def test_no_signal_is_said_plainly(centre: Site) -> None:
    text = said(found(centre, "history")[f"history/{centre.slugs['team', 'T1']}.html"])
    assert "Q1 2024 against Q4 2023: no signal. No measure differs by more than chance." in text


def test_the_first_period_says_that_nothing_comes_before(centre: Site) -> None:
    text = said(found(centre, "period")["periods/2023-09.html"])
    assert "There is no complete period before September 2023 to compare with." in text
    assert "nothing before to compare with" in said(found(centre, "period")["periods/all.html"])


def test_teams_of_few_people_are_not_shown_on_pages_of_the_centre(centre: Site) -> None:
    page = found(centre, "period")["periods/2024-Q1.html"]
    assert isinstance(page.context, PeriodPage)
    assert [row.link.name_en for row in page.context.teams] == ["Alder", "Birch", "Cedar"]
    assert "Teams of fewer than 5 people are not shown here." in said(page)


def test_at_most_six_figures_stand_on_top_and_every_figure_carries_its_value(centre: Site) -> None:
    page = found(centre, "period")["periods/2024-01.html"]
    assert isinstance(page.context, PeriodPage)
    assert 0 < len(page.context.cards) <= 6
    figures = re.findall(r'data-kpi="(\w+)" data-value="([\d.]+)" data-period="([^"]+)"', str(page.content({})))
    assert ("answer_rate", "0.85", "month:2024-01-01") in figures
    assert ("answer_rate", "0.85", "month:2023-12-01") in figures


def test_periods_are_listed_newest_first_with_the_course_below(centre: Site) -> None:
    (page,) = found(centre, "periods").values()
    content = str(page.content({}))
    months = re.findall(r'<th scope="row"><a href="\.\./periods/(\d{4}-\d\d)\.html">', content)
    assert months == ["2024-03", "2024-02", "2024-01", "2023-12", "2023-11", "2023-10", "2023-09"]
    assert content.count("<tfoot>") == 1
    assert "The newest complete period is Q1 2024." in said(page)


def test_a_team_without_complete_periods_has_no_history(centre: Site) -> None:
    rows = compare_centre.rows()
    site = replace(centre, periods={key: row for key, row in centre.periods.items() if key[0] == "week"})
    assert found(site, "history") == {}
    assert "No month or quarter is complete yet" in said(next(iter(found(site, "periods").values())))
    assert rows[Difference]


@pytest.mark.parametrize("kind", ["period", "periods", "history"])
def test_every_sentence_stands_in_both_languages_and_nobody_is_named(centre: Site, kind: str) -> None:
    people = [name for names in fake_marts.AGENTS.values() for name in names]
    for language in LANGUAGES:
        for page in found(centre, kind, language).values():
            text = said(page)
            assert not [name for name in people if name in text]
            assert found_in(text) == []
            assert language == "en" or not re.search(r"\b(against|better|worse|chance|period)\b", text)
