from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines import marts
from pipelines.marts import Quadrant, QuadrantCount, Rising, Team, Tier
from pipelines.settings import LANGUAGES
from pipelines.site import model
from pipelines.site.areas import _talent_engagement, _talent_rising, _talent_words, talent, tiers
from pipelines.site.areas._talent_book import ITEMS
from pipelines.site.areas._talent_contexts import Group, TeamPart
from pipelines.site.areas._talent_drawings import CORNERS, PLACES
from pipelines.site.model import Site
from pipelines.site.parts import Link
from pipelines.site.selection import Selection
from tests.model_sql import Project
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import fake_marts
from tests.unit.talent_centre import (
    BEFORE,
    CUTS,
    FIRST,
    MARTS,
    agent,
    everything,
    item,
    not_shown,
    page,
    rises,
    row,
    rows,
    team,
    text,
    voice,
)

Build = Callable[[fake_marts.Rows], Site]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = fake_marts.write(tmp_path_factory.mktemp("marts"), rows())
    return replace(model.load(folder), books={"tiers": tiers.load(folder), "talent": talent.load(folder)})


@pytest.fixture(scope="module")
def build(centre: Site, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The same centre with other marts of this area."""

    def from_rows(found: fake_marts.Rows) -> Site:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(marts, "MARTS", MARTS)
            folder = fake_marts.write(tmp_path_factory.mktemp("marts"), found)
        return replace(centre, books=dict(centre.books) | {"talent": talent.load(folder)})

    return from_rows


# ---------- the page of counts
def test_the_page_of_counts_holds_nobodys_place(centre: Site) -> None:
    context, said = talent.quadrant(Selection(centre, "../")), page(centre, "en", "quadrant")
    assert not re.search(r"'A\d'", repr(context))
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text(said)]
    assert context.picture
    assert context.picture.request.data["points"] == []
    assert "trail" not in context.picture.key
    assert context.picture.request.specification()


def test_a_hidden_count_is_a_dash_and_no_sentence_gives_it_away(centre: Site) -> None:
    context = talent.quadrant(Selection(centre, "../"))
    assert row(page(centre, "en", "quadrant"), "able but less engaged").startswith(" able but less engaged – ")
    said = " ".join(_talent_words.centre(voice(centre, "en"), context.axis, context.counts))  # type: ignore[arg-type]
    assert set(re.findall(r"(?<![.\d])\d+(?![.\d]*\d)", said)) == {"57", "10", "20"}
    assert "largest of these groups: train, match the work" in said
    assert "52" not in text(page(centre, "en", "quadrant"))  # people rated: with it the hidden ones could be worked out


def test_where_all_four_counts_are_hidden_no_picture_is_drawn(build: Build) -> None:
    found = rows()
    found[QuadrantCount] = [replace(each, people=None, is_hidden=True) for each in found[QuadrantCount]]
    site = build(found)
    assert talent.quadrant(Selection(site, "../")).picture is None
    assert "<svg" not in page(site, "en", "quadrant")


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("items_disagree", "The items do not measure one thing in this centre (alpha 0.42, needed 0.70), so nobody is"),
        ("too_few_items", "Too little can honestly be observed of engagement: 2 items count, 3 are needed."),
        ("too_few_people", "Too few people have every item, so it cannot be checked"),
    ],
)
def test_an_axis_that_is_not_shown_says_why_and_places_nobody(build: Build, state: str, reason: str) -> None:
    site = build(not_shown(state, 2))
    for said in (page(site, "en", "quadrant"), team(site, "en", "T1"), agent(site, "en", "A0")):
        assert reason in text(said)
        assert "<svg" not in said
    assert "How many people stand where" not in page(site, "en", "quadrant")
    assert "Agent A" not in text(team(site, "en", "T1"))


def test_rules_are_printed_with_value_owner_and_date(centre: Site) -> None:
    for kind in talent.PAGES:
        line = row(page(centre, "en", kind), "Fewest people of a group that is shown on pages of the centre")
        assert line.split()[-6:] == ["3", "Operations", "board", "5", "Feb", "2024"]
    assert row(page(centre, "en", "quadrant"), "How well the items must agree (Cronbach's alpha)".replace("'", "&#39;"))


def test_a_scale_that_ends_beyond_what_is_possible_says_so(centre: Site) -> None:
    assert row(page(centre, "en", "quadrant"), "colleagues&#39; ratings").split()[-5:] == [
        "40",
        "60",
        "out",
        "of",
        "reach",
    ]


def test_every_quarter_tells_whether_engagement_was_shown(centre: Site) -> None:
    said = page(centre, "en", "quadrant")
    assert row(said, "Q4 2023").split() == ["Q4", "2023", "4", "35", "0.42", "0.70", *"not shown: the items do not measure one thing".split()]  # fmt: skip  # noqa: E501, SIM905
    assert row(said, "Q1 2024").split()[-1] == "shown"


# ---------- rising
def test_only_teams_with_enough_people_are_counted_and_nobody_is_named(centre: Site) -> None:
    context, said = talent.rising(Selection(centre, "../")), page(centre, "en", "rising")
    assert [(group.link.name_en, group.people, group.rising, group.hidden) for group in context.groups] == [
        ("Birch", 3, 1, 0)
    ]
    assert "Cedar" not in text(said)
    assert not [name for name, _ in fake_marts.AGENTS.values() if name in text(said)]
    assert "Rising by more than chance and more than everybody does: 1 of the 3 people counted here." in text(said)
    assert "The plain figures hide nobody's good work this time." in text(said)


def test_without_teams_the_centre_is_counted_as_one_group(build: Build) -> None:
    found = rows()
    found[Tier] = [replace(each, team_id=None) for each in found[Tier]]
    site = build(found)
    context = talent.rising(Selection(site, "../"))
    assert [(group.link.name_en, group.people) for group in context.groups] == [("The centre", 5)]
    assert "their own pages" in _talent_rising.centre(voice(site, "en"), context.groups, 4, 3)[-1]


def test_too_few_quarters_too_small_teams_and_nobody_rising_are_said_plainly(centre: Site) -> None:
    say, group = voice(centre, "en"), Group(Link("team", "Birch", "桦树组", ""), 9, 0, 0)
    assert _talent_rising.centre(say, [], 4, 3) == [
        "No team has enough people to be counted on a page that everybody reads."
    ]
    assert _talent_rising.centre(say, [group], 2, 3)[0].endswith("so far there are 2.")
    assert "nobody rises" in _talent_rising.centre(say, [group], 4, 3)[0]


# ---------- a team
def test_a_team_is_shown_in_order_of_name_and_between_and_not_rated_are_results(centre: Site) -> None:
    said = team(centre, "en", "T1")
    table = said[said.rindex("<table") :]
    assert re.findall(r"Agent [A-F]", table) == ["Agent A", "Agent B", "Agent C"]
    assert "between places start from what goes well" in row(table, "Agent A")
    assert row(table, "Agent A").split()[-4:] == ["57%", "34%", "6%", "3%"]
    assert "not rated talk about the work" in row(table, "Agent C")
    assert row(table, "Agent C").split()[-4:] == ["–", "–", "–", "–"]


def test_good_news_of_a_team_comes_before_its_places(centre: Site) -> None:
    said = text(team(centre, "en", "T1"))
    assert said.index("Agent C : Rising: +2.4 points a quarter over 4 quarters") < said.index(
        "Ability and engagement in"
    )
    assert "It is 95% likely that this is real" in said
    hidden = text(team(centre, "en", "T2"))
    assert "Better than the plain figures show: 76 points become 89" in hidden
    assert "over 99% likely that the true score is above the high line of 82" in hidden


def test_the_picture_of_a_team_names_whom_it_shows_and_marks_who_is_between(centre: Site) -> None:
    part = talent.on_team(Selection(centre, "../"), centre.teams[0])
    assert isinstance(part, TeamPart)
    assert part.picture
    points = part.picture.request.data["points"]
    assert [(point["label"], point["is_between"]) for point in points] == [  # type: ignore[attr-defined]
        ("Agent A 坐席甲", True),
        ("Agent B 坐席乙", False),
    ]
    assert part.picture.request.specification()
    assert part.picture.key == ("target", "baseline", "common", "unknown", "cross", "trail")
    data = part.picture.request.data
    assert (data["x_band"], data["y_band"]) == ([79.2, 80.8], [68.5, 71.5])
    assert [(point["x_before"], point["y_before"]) for point in points] == [  # type: ignore[attr-defined]
        (81.5, 66.2),
        (None, None),
    ]
    said = team(centre, "en", "T1")
    assert row(said, "Agent A").endswith("ability 81.5, engagement 66.2 ")
    assert row(said, "Agent B").endswith("– ")


def test_trails_come_from_the_quarter_just_before_and_from_no_other(build: Build) -> None:
    found = rows()
    found[Quadrant] = [
        replace(each, window_start=FIRST[1]) if each.window_start == BEFORE[1] else each for each in found[Quadrant]
    ]
    part = talent.on_team(Selection(build(found), "../"), fake_marts.centre()[Team][0])
    assert isinstance(part, TeamPart)
    assert part.picture
    assert "trail" not in part.picture.key
    assert "A trail no longer" not in team(build(found), "en", "T1")


def test_a_team_nobody_of_which_was_observed_has_no_section(centre: Site) -> None:
    assert talent.on_team(Selection(centre, "../"), Team("T9", None, None, 0, None, None)) is None


# ---------- a person
def test_a_person_reads_strengths_first_and_the_place_as_an_invitation(centre: Site) -> None:
    said = text(agent(centre, "en", "A3"))
    assert "Most likely: both to build up (68%). Chances: able and engaged 1%, able but less engaged 2%" in said
    assert "Ability 84 of 100, likely between 79 and 89; the line is at 80." in said
    assert "An invitation: one small plan, chosen together" in said
    between = text(agent(centre, "en", "A0"))
    assert between.index("What shows most: colleagues' ratings (raters: 3), 75 of 100") < between.index("No place is")
    assert "An invitation" not in between
    assert between.index("colleagues' ratings raters: 3 77 75 60 96 counts") < between.index(
        "the leader's rating raters"
    )
    rising = text(agent(centre, "en", "A2"))
    assert rising.index("Rising: +2.4") < rising.index("Engagement is not rated: 2 items were observed, 3 are needed.")
    assert "Worth recognition." in rising


def test_without_any_item_a_persons_page_has_no_section_unless_there_is_good_news(build: Build) -> None:
    found = not_shown("too_few_items", 0)
    found[Rising] = [rises("A1")]
    site = build(found)
    assert agent(site, "en", "A0") == ""
    assert "Rising:" in agent(site, "en", "A1")
    assert talent.on_agent(Selection(site, "../"), replace(site.agents[0], agent_id="gone")) is None


def test_observations_of_who_is_not_rated_are_shown_without_points(build: Build) -> None:
    found = not_shown("items_disagree", 3)
    found[Quadrant] = [replace(each, engagement_score=None) for each in found[Quadrant]]
    said = text(agent(build(found), "en", "A0"))
    assert "It is not added up here." in said
    assert "96" not in said


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.9996, "over 99%"), (0.0004, "under 1%"), (0.5996, "just under 60%"), (0.6, "60%"), (0.57, "57%"), (None, "–")],
)
def test_a_chance_never_looks_certain_nor_large_enough_when_it_is_not(centre: Site, p: float | None, said: str) -> None:
    assert _talent_words.chance(voice(centre, "en"), p, CUTS) == said


# ---------- everywhere
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_here_threatens_or_ranks_anybody(centre: Site, language: str) -> None:
    said = everything(centre, language)
    assert found_in(said) == []
    assert not re.search(r"\b(?:rank(?:ed|ing)?|worst|poor|bad (?:agent|people|work))\b|最差|排名", said)


def test_the_page_of_counts_carries_the_fixed_sentence_about_decisions(centre: Site) -> None:
    assert "Decisions about someone's employment are made by people" in text(page(centre, "en", "quadrant"))
    assert "听取员工本人意见之后" in page(centre, "zh", "quadrant")


def test_chinese_pages_hold_no_english_sentence(centre: Site) -> None:
    said = everything(centre, "zh").replace(fake_marts.HOSTILE, "")
    assert not re.findall(r"(?:[A-Za-z'’-]+ ){3,}[A-Za-z]+", said)


def test_without_a_complete_period_the_pages_say_so(build: Build) -> None:
    site = build(fake_marts.empty())
    assert "so nobody has a place yet" in page(site, "en", "quadrant")
    assert "so nobody can be noticed yet" in page(site, "en", "rising")
    assert "method/" not in page(site, "en", "quadrant") + page(site, "en", "rising")


def test_every_code_of_the_marts_has_its_words(centre: Site) -> None:
    say, project = voice(centre, "zh"), Project()
    assert project.sql("{{ (quadrants().keys() | list + no_quadrants()) | join(' ') }}").split() == [
        *_talent_words.CODES
    ]
    for code in _talent_words.CODES:
        assert _talent_words.place(say, code)
        assert _talent_words.step(say, code)
    for code in PLACES:
        assert _talent_words.talk(say, code) != _talent_words.invitation(say, code)
    assert len(CORNERS) == len(PLACES)
    sql = project.model("int_engagement_observation")[0]
    assert {*re.findall(r"'([a-z]\w+)' as item", sql), "leader_rating", "peer_rating"} == {*ITEMS}
    for name in ITEMS:
        assert _talent_engagement.item(say, name)
        assert _talent_engagement.what(say, name)
        assert _talent_engagement.observed(say, item("A0", name, 2, 50.0, 70.0))


def test_the_sentences_take_their_numbers_from_the_rules(centre: Site) -> None:
    changed = {"rising_quarters": 6.0, "rising_min_quarters": 5.0, "rising_sure": 0.8}
    book: Any = centre.books["tiers"]
    rules = {name: replace(rule, value=changed.get(name, rule.value)) for name, rule in book.rules.items()}
    site = replace(centre, books={**centre.books, "tiers": replace(book, rules=rules)})
    said = text(page(site, "en", "rising"))
    assert "the last 6 quarters, at least 5 of them" in said
    assert "≥ 80%. What carries" in said
    group = Group(Link("team", "Birch", "桦树组", ""), 9, 0, 0)
    assert "at least 5 complete quarters" in _talent_rising.centre(voice(site, "en"), [group], 4, 5)[0]
