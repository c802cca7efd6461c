"""The page that lays teams and periods side by side, and the data its scripts read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.site import pages
from pipelines.site.areas import compare
from pipelines.site.areas._compare_contexts import ComparePage
from pipelines.site.model import Site
from pipelines.site.pages import Page
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import compare_centre, fake_marts
from tests.unit.test_area_periods import found, said, site_of


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), compare_centre.rows())


def page(site: Site, language: str = "en") -> Page:
    (shown,) = found(site, "compare", language).values()
    return shown


def data(site: Site, name: str, language: str = "en") -> Any:
    for file in pages.files(site, language):
        if file.path == f"assets/data/{name}.js":
            text = file.content().decode()
            return json.loads(text[text.index(",") + 1 : text.rindex(")")])
    raise LookupError(name)


def slug(site: Site, team: str) -> str:
    return site.slugs["team", team]


# ---------- the page
def test_teams_stand_in_order_of_name_and_small_ones_are_left_out(centre: Site) -> None:
    context = page(centre).context
    assert isinstance(context, ComparePage)
    assert [team.link.name_en for team in context.teams] == ["Alder", "Birch", "Cedar"]
    assert "Teams of fewer than 5 people, or without observations in this period, are not shown here." in said(
        page(centre)
    )


def test_the_answer_names_who_stands_apart_good_news_first(centre: Site) -> None:
    text = said(page(centre))
    assert "Better than the other teams by more than chance: Birch (Answer rate)." in text
    assert "Behind the other teams by more than chance: Cedar (Answer rate). Ask what is different there." in text
    assert "1 of 3 comparisons are too close to call." in text
    assert text.index("Better than") < text.index("Behind")


def test_a_star_marks_a_difference_on_the_same_work(centre: Site) -> None:
    content = str(page(centre).content({}))
    assert content.count("<sup>*</sup>") == 1


def test_the_tools_are_native_labelled_and_only_there_with_scripts(centre: Site) -> None:
    content = str(page(centre).content({}))
    panels = re.findall(r'<section class="([^"]*)" data-fw-compare="(\w+)" aria-labelledby="([\w-]+)"', content)
    assert {(names, kind) for names, kind, _ in panels} == {
        ("fw-compare fw-scripts", "teams"),
        ("fw-compare fw-scripts", "periods"),
    }
    assert content.count("<select id=") == content.count("<label for=") == 5
    assert content.count('role="status"') == 2
    assert not re.search(r"<form|\son\w+=|style=", content)


def test_without_differences_or_teams_a_plain_sentence_stands_there(tmp_path: Path) -> None:
    assert "There are not two teams to lay side by side." in said(page(site_of(tmp_path, fake_marts.empty())))


def test_no_word_is_untranslated_and_no_person_is_named(centre: Site) -> None:
    for language in ("en", "zh"):
        text = said(page(centre, language))
        assert found_in(text) == []
        assert not [name for names in fake_marts.AGENTS.values() for name in names if name in text]
    assert not re.search(r"\b(team|better|chance|range)\b", said(page(centre, "zh")))


# ---------- what scripts read
def read(own: Any, pair: Any) -> dict[str, list[str]]:
    """Rows of a pair by KPI: verdict, difference, likely range."""
    rows = zip(own["kpis"], pair["rows"], strict=True)
    return {kpi_id: [own["texts"][place] for place in row] for kpi_id, row in rows if row}


def test_a_pair_stands_once_told_of_the_team_that_comes_first_by_name(centre: Site) -> None:
    own = data(centre, f"compare-{slug(centre, 'T3')}")
    alder = own["teams"]
    assert set(alder) == {slug(centre, "T1"), slug(centre, "T2")}
    # the mart tells T1 (Birch) against T3 (Alder); the page tells Alder against Birch
    assert read(own, alder[slug(centre, "T1")]) == {
        "speed_of_answer": ["different", "+9.5 s", "+7.0 to +12.0 s"],
        "answer_rate": ["worse", "−5.0 percentage points", "−8.0 to −2.0 percentage points"],
    }
    assert alder[slug(centre, "T1")]["told"] == (
        "Alder beside Birch, Q1 2024. Birch did better in Answer rate. They differ in Speed of answer, which is "
        "neither good nor bad in itself. No measure is too close to call."
    )
    assert data(centre, f"compare-{slug(centre, 'T2')}")["teams"] == {}


def test_a_pair_on_the_same_work_has_a_star_and_says_so(centre: Site) -> None:
    own = data(centre, f"compare-{slug(centre, 'T1')}")
    pair = own["teams"][slug(centre, "T2")]
    assert read(own, pair)["answer_rate"][1] == "+5.0 percentage points*"
    assert pair["fair"]
    assert not data(centre, f"compare-{slug(centre, 'T3')}")["teams"][slug(centre, "T1")]["fair"]


def test_small_teams_are_in_no_pair_but_keep_their_own_periods(centre: Site) -> None:
    small = slug(centre, "T4")
    assert all(small not in data(centre, f"compare-{slug(centre, team)}")["teams"] for team in ("T1", "T2", "T3"))
    assert data(centre, f"compare-{small}")["teams"] == {}


def test_periods_are_told_with_text_of_the_language(centre: Site) -> None:
    english, chinese = (data(centre, "compare-centre", language) for language in ("en", "zh"))
    assert english["periods"]["2024-Q1"]["2023-Q4"]["told"] == (
        "The centre, Q1 2024 against Q4 2023. Better: Answer rate. Worse: Speed of answer. "
        "No measure is too close to call."
    )
    assert chinese["periods"]["2024-Q1"]["2023-Q4"]["told"] == (
        "全中心，2024年第一季度与2023年第四季度相比。变好的：接通率。变差的：平均应答速度。没有哪项难分高下。"
    )
    values = dict(zip(english["kpis"], english["values"]["2023-Q4"], strict=True))
    assert [english["texts"][place] for place in values["answer_rate"]] == ["85.0%", "84.2% to 85.8%"]
    assert data(centre, "compare")["periods"]["2024-Q1"] == "Q1 2024"


def test_any_two_months_stand_with_the_later_one_first(centre: Site) -> None:
    own = data(centre, f"compare-{slug(centre, 'T1')}")
    assert set(own["periods"]["2024-03"]) == {"2024-01"}
    assert read(own, own["periods"]["2024-03"]["2024-01"]) == {
        "answer_rate": ["worse", "−3.0 percentage points", "+2.0 to +8.0 percentage points"]
    }
    before = data(centre, "compare")["before"]
    assert before["2024-03"] == {"previous": "2024-02"}
    assert (before["2023-09"], before["all"]) == ({}, {})


def test_how_far_back_any_two_months_go_is_said_where_older_ones_are_not_compared(centre: Site) -> None:
    sentence = (
        "Any two of the newest 3 months can be compared; an older month with the one before it and with the same a "
        "year before."
    )
    assert sentence in said(page(centre))
    assert data(centre, "compare")["oldest"] == {"month": "2024-01"}
    assert "最近 3 个月可以任选两个来比" in said(page(centre, "zh"))


def test_both_choices_hold_every_complete_quarter_and_month_and_no_running_one(centre: Site) -> None:
    content = str(page(centre).content({}))
    stems = [
        "2024-Q1", "2023-Q4",
        "2024-03", "2024-02", "2024-01", "2023-12", "2023-11", "2023-10", "2023-09",
    ]  # fmt: skip
    for name, first in (("period", [""]), ("against", ["previous", "year_ago"])):
        (select,) = re.findall(rf'<select id="fw-{name}".*?</select>', content, re.DOTALL)
        assert re.findall(r'<option value="([^"]*)"', select) == first + stems
        assert re.findall(r'<optgroup label="(\w+)"', select) == ["Quarters", "Months"]


def test_too_few_observations_have_no_range(centre: Site) -> None:
    own = data(centre, f"compare-{slug(centre, 'T1')}")
    assert read(own, own["periods"]["2024-Q1"]["2023-Q4"])["speed_of_answer"] == ["too_few", "+0.1 s"]


def test_a_text_stands_once_in_a_file(centre: Site) -> None:
    texts = data(centre, "compare-centre")["texts"]
    assert len(texts) == len(set(texts))


def test_a_teams_page_leads_to_its_periods_and_to_its_place_in_the_comparison(centre: Site) -> None:
    finder = Selection(centre, "../")
    by_id = {team.team_id: team for team in centre.teams}
    big, small = compare.on_team(finder, by_id["T1"]), compare.on_team(finder, by_id["T4"])
    assert big is not None and small is not None
    assert big.history_href == f"../history/{slug(centre, 'T1')}.html"
    assert big.compare_href == f"../compare/index.html#teams={slug(centre, 'T1')}"
    assert small.compare_href == "../compare/index.html"
    assert f'<tr id="teams={slug(centre, "T1")}">' in str(page(centre).content({}))
