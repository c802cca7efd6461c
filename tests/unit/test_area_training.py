"""The centre's page about training and its section on a team's page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pipelines.settings import LANGUAGES
from pipelines.site import pages
from pipelines.site.areas import _effect_shares, _training_courses, _training_words, training
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit import fake_marts
from tests.unit.coaching_centre import TABLES, delivered, line, text
from tests.unit.effects_centre import COUNTED, effect, month, share, voice
from tests.unit.tiers_centre import with_book
from tests.unit.training_centre import context, course, delivery, given, need, page, rows, site_of, stage, team

COURSE: dict[str, Any] = {"programme_kind": "course", "outcome_level": "behaviour"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), rows())


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("marts"), fake_marts.empty())


def without(site: Site, table: str) -> Site:
    return replace(site, tables=tuple(delivered(*(name for name in TABLES if name != table))))


# ---------- what must never be there
def test_nobody_is_named_and_nobody_can_be_found_in_what_the_page_knows(centre: Site) -> None:
    assert not re.search(r"'A\d'", repr(replace(context(centre), status=None)))  # type: ignore[arg-type]
    for language in LANGUAGES:
        said = text(page(centre, language))
        assert not [name for names in fake_marts.AGENTS.values() for name in names if name in said]
        assert found_in(said) == []


def test_words_of_strangers_are_shown_as_words(centre: Site) -> None:
    site = with_book(
        centre,
        "training",
        stages={fake_marts.HOSTILE: stage(fake_marts.HOSTILE, 9, 9, 8)},
        deliveries={"c1": delivery("c1", methods=fake_marts.HOSTILE)},
    )
    for language in LANGUAGES:
        said = page(site, language)
        assert "<script" not in said
        assert "{{ 7 * 7 }}" in text(said)


# ---------- needs
def test_the_answer_tells_a_course_from_a_talk(centre: Site) -> None:
    first, second = _training_words.answer(voice(centre), context(centre))
    assert first == (
        "Shared by most, so look at the process and the knowledge base and then give a course: Knowledge. A matter of "
        "single people, so a talk: Language."
    )
    assert second.startswith("No programme shows a measurable gain. In 1 of 2 comparisons")


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("train",), "and then give a course: Knowledge."),
        (("coach",), "No skill calls for a course for everybody. A matter of single people, so a talk: Knowledge."),
        (("none", "too_few"), "No skill stands out, neither for a course nor for single people."),
    ],
)
def test_where_only_one_thing_or_nothing_stands_out_that_is_said(centre: Site, verdicts: Any, said: str) -> None:
    found = tuple(need("centre", "centre", place, "knowledge", code) for place, code in enumerate(verdicts, 1))
    site = with_book(centre, "training", needs={"centre": found})
    assert _training_words.needs(voice(site), context(site)).endswith(said)


def test_every_skill_stands_with_its_share_range_and_reading(centre: Site) -> None:
    found = line(page(centre), "Knowledge")
    assert "train: missed more often than other skills, by most people and in most teams 4.2% 3.2% to 5.5%" in found
    assert found.split()[-4:] == ["900", "0", "of", "6"]
    assert line(page(centre), "Language").endswith("too few to show ")


def test_recent_courses_are_told_where_a_course_says_what_it_teaches(centre: Site) -> None:
    assert "No course in the training records says which skill it teaches" in page(centre)
    assert "People with a recent course" not in page(centre)
    site = with_book(
        centre,
        "training",
        needs={"centre": (need("centre", "centre", 1, "knowledge", "train", course_people=2, people_short=0),)},
        deliveries={"c1": delivery("c1", dimension="knowledge")},
    )
    assert line(page(site), "Knowledge").endswith("fewer than 3 ")
    assert "foundation · skill, teaches: Knowledge" in text(page(site))


def test_a_team_stands_with_what_it_needs_unless_it_is_too_small(centre: Site) -> None:
    said = text(page(centre))
    assert "Birch : train Knowledge; coach single people in Language" in said
    assert "Cedar : too few people to show" in said
    assert context(centre).teams[1].needs == ()


# ---------- stages
def test_stages_stand_in_the_order_of_development_and_keep_their_names_when_unknown(centre: Site) -> None:
    assert [found.code for found in context(centre).stages] == ["foundation", "advanced", "of our own", ""]
    assert line(page(centre), "of our own").split()[:6] == ["of", "our", "own", "2", "26", "26"]
    assert "Courses without a stage" in page(centre)


def test_a_small_number_is_kept_back_with_another_so_that_it_cannot_be_worked_out(centre: Site) -> None:
    of = {found.code: found.counts for found in context(centre).stages}
    assert of["advanced"] == (None, None, 17)
    assert of["foundation"] == (9, 0, 17)
    assert line(page(centre), "Advanced courses").split()[3:7] == ["26", "–", "–", "17"]


# ---------- five questions
def test_a_course_answers_five_questions(centre: Site) -> None:
    found = page(centre).split("<strong>C1</strong>")[1].split("</details>")[0]
    said = text(found)
    for part in (
        "Who came People invited: 44, came: 40. Seats that stayed empty: 3 with approval, 1 without.",
        "Which foundation · skill",
        "How online and in a classroom · sessions: 4 · 3.5 h each on average",
        "By whom trainer from outside · different trainers: 2",
        "What it led to Learnt (test, of 100): 81.4 (sheets: 30)",
        "Behaviour at work, by Customer satisfaction (mean): no measurable gain; one worth having would have been",
        "What participants thought of the session, 1 to 5: 4.7 (sheets: 30); it says nothing about the effect.",
    ):
        assert part in said
    assert "fw-quiet" in found.split("What participants thought")[0].rsplit("<p", 1)[1]


def test_a_course_of_few_people_keeps_its_figures_back(centre: Site) -> None:
    site = centre
    fewest = replace(context(centre).rules["group_min_people"], value=5.0)
    found = replace(course(site, "c2"), is_hidden=True)
    assert _training_courses.who(voice(site), found, fewest) == ["too few to show"]
    assert _training_courses.learnt(voice(site), found, fewest) == "too few to show"
    assert "too few to show" in _training_courses.liked(voice(site), found, fewest)


def test_cannot_tell_is_told_with_the_smallest_gain_that_could_have_been_seen(centre: Site) -> None:
    row = next(found for found in course(centre, "c2").effects)
    said = _training_courses.changed(voice(centre), replace(row, is_hidden=False))
    assert "cannot tell (too few of them worked here long enough before and after)." in said
    assert said.endswith("Smallest gain that could have been seen: 0.02 score points.")
    assert "Gain between" not in said


def test_a_measured_gain_is_told_with_its_range_and_whether_it_lasts(centre: Site) -> None:
    last = month("c1", 2, -0.01, 0.05)
    book: Any = centre.books["effects"]
    found = effect("c1", "csat_mean", **COUNTED, **COURSE)
    site = with_book(
        centre,
        "effects",
        effects={"csat_mean": (found,)},
        months={**book.months, ("course", "c1", "csat_mean"): (month("c1", 1, 0.02, 0.06), last)},
    )
    (row,) = course(site, "c1").effects
    assert "Gain between +0.04 and +0.05 score points." in _training_courses.changed(voice(site), row)
    assert "A follow-up talk may help it last." in _training_courses.lasts(voice(site), row)
    assert _training_courses.lasts(voice(site), replace(row, months=())) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"voluntary_share": 0.0}, "Everybody was sent."),
        ({"voluntary_share": 1.0}, "Everybody had put themselves forward."),
        ({"voluntary_share": 0.4}, "Seats that people had asked for: 40%."),
        ({"approved_absences": 0, "unexcused_absences": 0}, "No seat stayed empty."),
    ],
)
def test_who_came_is_told_as_it_was(centre: Site, changes: dict[str, Any], said: str) -> None:
    fewest = context(centre).rules["group_min_people"]
    assert said in _training_courses.who(voice(centre), given(centre, "c1", **changes), fewest)


def test_what_was_not_noted_is_left_out_or_said(centre: Site) -> None:
    say, found = voice(centre), given(centre, "c2", methods=None, hours=None, trainers=0)
    assert _training_courses.how(say, found) == "sessions: 4"
    assert _training_courses.by_whom(say, found) == "not noted"
    assert _training_courses.which(say, found) == "not noted"
    assert _training_courses.how(say, replace(found, delivery=None)) == "not delivered"


# ---------- how many work
def test_the_share_of_courses_stands_beside_chance_and_no_borrowed_figure(centre: Site) -> None:
    say = voice(centre)
    assert _effect_shares.sentence(say, share("course", "behaviour")) == (
        "courses by behaviour at work: counted gains 1 of 8 that can be assessed (12%, likely 3% to 41%; chance alone "
        "would give about 0.4). In 2 of 10 nobody can tell."
    )
    none = _effect_shares.sentence(say, share("course", "result", assessable=0, gain_share=None))
    assert none == (
        "courses by results: none of 10 comparisons can be assessed yet, which is not the same as no effect."
    )
    assert "8–12" not in page(centre)
    assert "8 to 12" not in page(centre)


def test_coaching_programmes_have_no_place_among_courses(centre: Site) -> None:
    assert {found.programme_kind for found in context(centre).effects.shares} == {"course"}
    assert "Works" not in page(centre)


# ---------- degrading
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_quality_scores_courses_are_still_told(centre: Site, language: str) -> None:
    site = with_book(without(centre, "qa_scores"), "training", needs={})
    said = page(site, language)
    assert {"en": "No quality scores were delivered", "zh": "没有收到质检评分"}[language] in said
    assert 'id="courses"' in said
    assert 'id="needs"' not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_training_records_needs_are_still_told(centre: Site, language: str) -> None:
    site = with_book(without(centre, "training"), "training", stages={}, deliveries={})
    site = with_book(site, "effects", programmes=(), effects={}, shares=())
    said = page(site, language)
    assert {"en": "No training records were delivered", "zh": "没有收到培训记录"}[language] in said
    assert 'id="needs"' in said
    assert 'id="stages"' not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_that_delivered_nothing_gets_a_page_without_a_table(nothing: Site, language: str) -> None:
    said = page(nothing, language)
    assert "<table" not in said
    assert {"en": "What this page cannot say", "zh": "这一页说不了什么"}[language] in said


def test_scores_that_name_no_skill_are_said_to_name_none(centre: Site) -> None:
    assert "No scored item of the current period names a skill" in page(with_book(centre, "training", needs={}))


# ---------- a team's page
def test_a_team_reads_what_to_ask_for_and_what_to_talk_about(centre: Site) -> None:
    part = training.on_team(Selection(centre, "../"), team(centre, "T1"))
    assert part
    assert _training_words.on_team(voice(centre), part.needs) == [
        "Many in this team, or the whole centre, need work on Knowledge: look at the process and the knowledge base, "
        "then ask for a course.",
        "Single people need it in Language: that is for one-to-one talks.",
    ]
    template = pages._environment("zh").get_template("areas/training_team.html.j2")
    assert 'href="../coaching/training.html"' in template.render(part=part, say=voice(centre, "zh"))


def test_a_team_in_which_nothing_stands_out_has_no_section(centre: Site) -> None:
    site = with_book(centre, "training", needs={"T1": (need("team", "T1", 1, "knowledge", "none"),)})
    assert training.on_team(Selection(site, "../"), team(site, "T1")) is None
    assert training.on_team(Selection(site, "../"), team(site, "T2")) is None
