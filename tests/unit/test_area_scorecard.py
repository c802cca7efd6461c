"""Scorecards of centre, teams and people: their measures, their scores, and how they hang together. Not: tiers."""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import basename

import pytest
import yaml

from pipelines.marts import Kpi, KpiValue, TierMix
from pipelines.settings import LANGUAGES, PROJECT
from pipelines.site.areas import scorecard
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit.site_pages import Build, Reader
from tests.unit.tiers_centre import ASPECTS, PEOPLE, centre, tier, with_book
from tests.unit.tiers_pages import MONEY, RANK, SENTENCE, english, html, lines, named, place, said, text, voice

PAGE = "scorecard/index.html"
NOT_OF_RANK = re.compile(r"In order of name, not of rank\.|按名称排列，不分名次。")


def of(site: Site, language: str, grain: str, entity_id: str) -> str:
    """The section of a team's or a person's page."""
    page = html(site, language, place(site, grain, entity_id))
    found = re.search(r'<p class="fw-below" id="scorecard">.*?</p>', page, re.DOTALL)
    return found[0] if found else ""


def teams(site: Site, language: str = "en") -> list[list[str]]:
    """The lines of the table of teams without its header."""
    return lines(html(site, language, PAGE).split('class="fw-table fw-grid"')[1])[1:]


def measures(card: scorecard.Card | None) -> list[tuple[str, list[str]]]:
    assert card
    return [(aspect, [line.kpi_id for line in found]) for aspect, found in card.aspects]


# ---------- the centre's card
def test_the_centres_card_gives_the_average_score_with_its_range(tiers_site: Site) -> None:
    sentence = "Average score of 147 people: 74.3 of 100, likely between 73.0 and 75.5."
    assert sentence in said(tiers_site, "en", PAGE)
    assert "147 人的平均综合得分为 74.3 分（满分 100），很可能在 73.0～75.5 分之间。" in said(tiers_site, "zh", PAGE)
    link = '<a href="scorecard/index.html">The centre&#39;s scorecard</a>'
    assert f"{link}: {sentence}" in html(tiers_site, "en", "index.html")


def test_measures_stand_by_family_with_value_range_expectation_and_verdict(tiers_site: Site) -> None:
    table = lines(html(tiers_site, "en", PAGE).split("The centre, March 2024")[1])
    assert table[1:8] == [
        ["Quality"],
        ["Abandon rate", "18.9%", "18.4% to 19.4%", "at most 10.0%", "○ too few to say"],
        ["Customer satisfaction (mean)", "3.42", "3.34 to 3.51", "at least 4.20", "● too close to call"],
        ["Presence and training"],
        ["Speed of answer", "1 min 08 s", "1 min 06 s to 1 min 10 s", "at most 1 min", "■ not yet at target"],
        ["Volume and time"],
        ["Contacts handled", "1,241", "–", "–", "– no target set"],
    ]
    heads = [line[0] for line in lines(html(tiers_site, "zh", PAGE)) if len(line) == 1]
    assert heads == ["质量", "出勤与培训", "话务量与时长"]


def test_a_card_shows_the_marts_values_of_one_period(tiers_site: Site) -> None:
    shown = Reader(html(tiers_site, "en", PAGE)).values
    of_march = [
        each for each in centre()[KpiValue] if each.grain in ("centre", "team") and each.period_start.month == 3
    ]
    known = {(row.kpi_id, repr(row.value), "month:2024-03-01") for row in of_march}
    assert len(shown) == 4 + 3 * 4
    assert set(shown) <= known


def test_a_measure_without_a_family_or_without_data_is_on_no_card(tiers_site: Site) -> None:
    card, _ = html(tiers_site, "en", PAGE).split('class="fw-table fw-grid"')
    known = {"Contacts handled", "Average talk time", "Answer rate", "First-contact resolution (FCR)"}
    assert known & {line[0] for line in lines(card)} == {"Contacts handled"}


# ---------- how the cards hang together
def test_the_centres_card_leads_to_every_teams_and_back(tiers_site: Site) -> None:
    links = Reader(html(tiers_site, "en", PAGE)).links
    for team in tiers_site.teams:
        path = place(tiers_site, "team", team.team_id)
        assert f"../{path}" in links
        assert "scorecard" in Reader(html(tiers_site, "en", path)).ids
        assert "../scorecard/index.html" in Reader(of(tiers_site, "en", "team", team.team_id)).links


def test_a_teams_card_leads_to_its_people_and_theirs_back_to_it(tiers_site: Site) -> None:
    for key, (_, _, team_id) in PEOPLE.items():
        path = place(tiers_site, "team", team_id)
        assert f"../{place(tiers_site, 'agent', key)}" in Reader(html(tiers_site, "en", path)).links
        card = of(tiers_site, "en", "agent", key)
        assert Reader(card).links == [f"../teams/{basename(path)}"]
        assert text(card).strip().endswith("The team's scorecard")


def test_the_three_cards_hold_the_same_measures_as_far_as_they_are_known_of_people(tiers_site: Site) -> None:
    finder = Selection(tiers_site, "../")
    of_centre = measures(scorecard.scorecard(finder).card)
    rest = [("management", ["speed_of_answer"]), ("volume", ["contacts_handled"])]
    assert of_centre == [("quality", ["abandon_rate", "csat_mean"]), *rest]
    below = [("quality", ["csat_mean"]), *rest]
    assert all(measures(scorecard.on_team(finder, team)) == below for team in tiers_site.teams)
    assert all(measures(scorecard.on_agent(finder, agent)) == below for agent in tiers_site.agents)


def test_a_teams_card_says_where_its_measures_stand(build_site: Build) -> None:
    rows = centre()
    rows[Kpi] = [replace(kpi, family="index") if kpi.kpi_id == "csat_mean" else kpi for kpi in rows[Kpi]]
    site = build_site(rows)
    finder, team = Selection(site, "../"), site.teams[0]
    card = {name for _, names in measures(scorecard.on_team(finder, team)) for name in names}
    assert card - {line.kpi_id for line in finder.team(team).lines} == {"csat_mean"}
    assert "in the table above, the three indices further down" in of(site, "en", "team", team.team_id)


def test_every_link_to_a_teams_card_leads_to_a_place_on_its_page(build_site: Build) -> None:
    rows = centre()
    rows[KpiValue] = [each for each in rows[KpiValue] if (each.grain, each.entity_id) != ("team", "T3")]
    site = build_site(rows)
    for path, _, name in (link.partition("#") for link in Reader(html(site, "en", PAGE)).links):
        assert not name or name in Reader(html(site, "en", path.removeprefix("../"))).ids


# ---------- teams and people
@pytest.mark.parametrize("scores", [(99.0, 1.0, 50.0), (1.0, 99.0, 50.0), (50.0, 1.0, 99.0)])
def test_teams_stand_in_order_of_name_whatever_their_scores(tiers_site: Site, scores: tuple[float, ...]) -> None:
    book: dict[tuple[str, str], TierMix] = tiers_site.books["scorecard"].mixes  # type: ignore[attr-defined]
    of_team = dict(zip(("T1", "T2", "T3"), scores, strict=True))
    mixes = {("team", key): replace(book["team", key], mean_score=score, people=9) for key, score in of_team.items()}
    site = with_book(tiers_site, "scorecard", mixes=mixes)
    assert [line[:2] for line in teams(site)] == [
        ["Alder", f"{of_team['T2']}"], ["Maple", f"{of_team['T3']}"], ["Willow", f"{of_team['T1']}"],
    ]  # fmt: skip
    assert [line[0] for line in teams(site, "zh")] == ["桤木组", "枫树组", "柳树组"]


def test_a_team_has_its_score_range_and_measures_in_a_line(tiers_site: Site) -> None:
    willow = teams(tiers_site)[2]
    assert willow == ["Willow", "75.6", "74.4 to 76.9", "82.1% ○", "3 min 47 s –", "1 min 08 s ●", "3.44 ○"]
    card = text(of(tiers_site, "en", "team", "T1"))
    assert "Average score of 7 people: 75.6 of 100, likely between 74.4 and 76.9. This page is the team's" in card
    assert "7 人的平均综合得分为 75.6 分" in of(tiers_site, "zh", "team", "T1")


def test_a_team_without_a_score_has_dashes_and_one_without_measures_too(build_site: Build) -> None:
    rows = centre()
    rows[TierMix] = [each for each in rows[TierMix] if each.entity_id != "T1"]
    rows[KpiValue] = [each for each in rows[KpiValue] if (each.grain, each.entity_id) != ("team", "T3")]
    site = build_site(rows)
    _, maple, willow = teams(site)
    assert willow == ["Willow", "–", "–", "82.1% ○", "3 min 47 s –", "1 min 08 s ●", "3.44 ○"]
    assert maple == ["Maple", "–", "–", "–", "–", "–", "–"]
    assert "Average score" not in of(site, "en", "team", "T1")


def test_a_team_of_one_does_not_give_away_the_score_of_that_person(tiers_site: Site) -> None:
    assert teams(tiers_site)[1][:3] == ["Maple", "–", "–"]
    assert "82.4" not in html(tiers_site, "en", PAGE)
    assert "Teams of fewer than 5 people have no average score here" in said(tiers_site, "en", PAGE)


def test_a_person_reads_the_own_score_and_nobody_elses(tiers_site: Site) -> None:
    assert text(of(tiers_site, "en", "agent", "A0")).startswith(
        " Score 91.3 of 100, likely between 86.2 and 96.4; 60 is the minimum standard, 80 the target. The team's"
    )
    assert "综合得分 61.5 分（满分 100），很可能在 56.4～66.6 分之间" in of(tiers_site, "zh", "agent", "A1")
    assert [text(of(tiers_site, "en", "agent", key)) for key in ("A2", "A4")] == [" The team's scorecard "] * 2


def test_somebody_whose_team_is_unknown_has_a_card_without_a_way_up(without_teams_site: Site) -> None:
    kpis = tuple(replace(kpi, aspect=ASPECTS.get(kpi.kpi_id, "")) for kpi in without_teams_site.kpis)
    alone = tier("A0", "mid", 77.7, (0.1, 0.9, 0.0), strength="firm", team_id=None)
    site = with_book(replace(without_teams_site, kpis=kpis), "scorecard", tiers={"A0": alone})
    assert text(of(site, "en", "agent", "A0")).strip().startswith("Score 77.7 of 100, likely between 72.6 and 82.8;")
    assert Reader(of(site, "en", "agent", "A0")).links == []
    assert "The teams&#39; scorecards" not in html(site, "en", PAGE)


# ---------- words
def test_every_family_of_the_contract_has_a_heading_in_both_languages(tiers_site: Site) -> None:
    contract = yaml.safe_load((PROJECT / "dbt_project/models/marts/dim_kpi.yml").read_text(encoding="utf-8"))
    described = next(column["description"] for column in contract["models"][0]["columns"] if column["name"] == "aspect")
    assert set(re.findall(r"\w+", described.split(", the sources'")[0])) - {"or"} == set(scorecard.ASPECTS)
    for language in LANGUAGES:
        found = [scorecard.aspect(voice(tiers_site, language), code) for code in scorecard.ASPECTS]
        assert len(set(found)) == 3
        assert [words.isascii() for words in found] == [language == "en"] * 3
    assert scorecard.summary(voice(tiers_site, "en")) == "The centre's scorecard, with the way to every team's."


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_ranked_nobody_is_named_and_nothing_is_threatened(tiers_site: Site, language: str) -> None:
    page = said(tiers_site, language, PAGE)
    assert NOT_OF_RANK.search(page)
    assert named(page) == set()
    sections = [of(tiers_site, language, "team", team.team_id) for team in tiers_site.teams]
    sections += [of(tiers_site, language, "agent", agent.agent_id) for agent in tiers_site.agents]
    for found in (NOT_OF_RANK.sub("", page), *map(text, sections)):
        assert RANK.findall(found) + found_in(found) + MONEY.findall(found) == []


def test_a_chinese_card_shows_no_english_sentence(tiers_site: Site) -> None:
    sections = (of(tiers_site, "zh", *whose) for whose in (("team", "T1"), ("agent", "A0")))
    found = " ".join([said(tiers_site, "zh", PAGE), *map(text, sections)])
    assert SENTENCE.findall(found) == []
    assert not [start for start in english("scorecard") if start in found]


# ---------- without tiers, without data
def test_without_tiers_the_card_shows_its_measures_and_no_score(tiers_site: Site) -> None:
    site = with_book(tiers_site, "scorecard", mixes={}, tiers={})
    assert "Average score of" not in said(site, "en", PAGE)
    assert "Customer satisfaction (mean) 3.42" in said(site, "en", PAGE)
    assert [line[1:3] for line in teams(site)] == [["–", "–"]] * 3
    assert "60 is the minimum" not in of(site, "en", "agent", "A0")


def test_without_measures_the_page_says_so_plainly_and_sections_are_absent(empty_site: Site, centre_site: Site) -> None:
    for site in (empty_site, centre_site):
        assert "No measure was observed in a complete period, so there is no scorecard yet." in said(site, "en", PAGE)
        assert "还没有任何指标有完整周期的数据，因此暂无记分卡。" in said(site, "zh", PAGE)
        assert "<table" not in html(site, "en", PAGE)
        assert "scorecard" not in html(site, "en", "index.html")
    assert of(centre_site, "en", "team", "T1") == of(centre_site, "en", "agent", "A0") == ""
