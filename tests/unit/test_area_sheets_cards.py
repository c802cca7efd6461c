"""Four-step cards: the worked case in both languages, what keeps a card from being drawn, what is only ever quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from pipelines.marts import CoachingEvidence, Policy
from pipelines.settings import LANGUAGES
from pipelines.site.advice import library
from pipelines.site.areas import sheets
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts
from tests.unit.sheets_centre import (
    HOLDS,
    HOLDS_ZH,
    NOTICE,
    STANDARD,
    STANDARD_ZH,
    centre,
    complaint,
    context,
    html,
    moment,
    paper,
    parts,
    policy,
    site_of,
    text,
    voice,
)
from tests.unit.tiers_centre import with_book

Build = Callable[[fake_marts.Rows], Site]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return lambda rows: site_of(tmp_path_factory.mktemp("marts"), rows)


@pytest.fixture(scope="module")
def site(build: Build) -> Site:
    return build(centre())


def with_moments(site: Site, *rows: CoachingEvidence, policies: Mapping[str, tuple[Policy, ...]] | None = None) -> Site:
    held = {key: tuple(row for row in rows if row.agent_id == key) for key in ("A0", "A1")}
    known: Any = site.books["sheets"]
    return with_book(site, "sheets", evidence=held, policies=known.policies if policies is None else policies)


def steps(found: str) -> list[str]:
    """The steps of the first card on paper."""
    card = re.search(r'<article class="fw-moment">.*?</article>', paper(found), re.DOTALL)
    return [text(step) for step in re.findall(r"<li.*?</li>", card[0], re.DOTALL)] if card else []


def impact(site: Site, language: str = "en") -> str:
    card = sheets.cards.cards_of(Selection(site, "../"), "A1")[0]
    return " ".join(sheets.cards.impact(voice(site, language), card))


# ---------- the worked case
def test_a_complaint_about_being_passed_on_becomes_a_card_of_four_steps(site: Site) -> None:
    fact, followed, standard, next_time = steps(html(site, "en", "A1"))
    assert fact == f"Fact 6 Mar 2024 14:00:23 contact C-2403-0001 at 1:23 {NOTICE}"
    assert followed == (
        "What followed It led to a justified complaint: your only one that month and the centre's only one."
    )
    assert standard == f"Standard {STANDARD} Service standard, first-contact ownership"
    assert next_time == f"Next time {library('en')('techniques', 'evading').line}"
    assert "Passing the customer on the complaint names this contact" in text(paper(html(site, "en", "A1")))


def test_the_same_card_in_chinese(site: Site) -> None:
    fact, followed, standard, next_time = steps(html(site, "zh", "A1"))
    assert fact == f"事实 2024年3月6日 14:00:23 联络 C-2403-0001（1:23） {NOTICE}"
    assert followed == "带来的影响 引起了一起有理投诉：是你当月唯一的一起，也是全中心当月唯一的一起。"
    assert standard == f"规范 {STANDARD_ZH} 服务规范：首问负责制"
    assert next_time == f"下次怎么做 {library('zh')('techniques', 'evading').line}"
    assert "推诿 投诉中写明了这通联络" in text(paper(html(site, "zh", "A1")))


# ---------- impact
@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"centre_complaints_in_month": 14}, "your only one that month (centre: 14)."),
        ({"agent_complaints_in_month": 2, "centre_complaints_in_month": 14}, "one of your 2 that month (centre: 14)."),
        ({"agent_complaints_in_month": None}, "It led to a justified complaint."),
        ({"verdict": "open"}, "A complaint about it is still being looked into; nothing is decided."),
        ({"came_back": True}, "The customer had to come back about it."),
        ({"survey_score": 1.0, "survey_max": 5.0}, "The customer rated it 1 of 5."),
        ({"is_critical": True}, "The form counts it as a critical error."),
    ],
)
def test_what_followed_is_computed_from_the_rows(site: Site, known: dict[str, Any], said: str) -> None:
    assert said in impact(with_moments(site, complaint("A1", 1, **known)))


def test_a_monitored_contact_without_consequence_says_its_points_and_no_more(site: Site) -> None:
    assert impact(with_moments(site, moment("A1", 1))) == (
        "It brought 2 of 10 points on the form; nothing else is known to have followed."
    )
    unknown = moment("A1", 1, points=None, max_points=None, came_back=False)
    assert impact(with_moments(site, unknown)).startswith("What it meant for the customer is not known")


# ---------- what is only ever quoted
def test_without_a_policy_there_is_no_third_step(site: Site) -> None:
    here = with_moments(site, complaint("A1", 1, standard_policy_id=None))
    assert [step.split()[0] for step in steps(html(here, "en", "A1"))] == ["Fact", "What", "Next"]


def test_a_consequence_stands_there_only_as_the_policy_file_words_it(site: Site) -> None:
    stated = policy("talk", "evading", ("A talk with the team leader follows.", "由班组长约谈。"), ("talks", "约谈"),
                    kind="consequence")  # fmt: skip
    row = complaint("A1", 1, standard_policy_id=None, consequence_policy_id="talk")
    here = with_moments(site, row, policies={"talk": (stated,)})
    assert "Stated in the policy file A talk with the team leader follows." in text(html(here, "en", "A1"))
    assert "制度原文 由班组长约谈。" in text(html(here, "zh", "A1"))


def test_the_wording_is_the_one_in_force_on_the_day(site: Site) -> None:
    newest_first = (
        policy("holds", "evading", ("Later wording.", "新"), ("holds", "等待"), valid_from=date(2024, 3, 20)),
        policy("holds", "evading", (HOLDS, HOLDS_ZH), ("holds", "等待"), valid_from=date(2024, 2, 1)),
        policy("holds", "evading", ("Older wording.", "旧"), ("holds", "等待"), is_in_force=False),
    )
    wordings = {"holds": newest_first}
    found = html(with_moments(site, complaint("A1", 1, standard_policy_id="holds"), policies=wordings), "en", "A1")
    assert HOLDS in text(found)
    assert "wording." not in text(found)


# ---------- cards that are refused
@pytest.mark.parametrize(
    ("lacking", "in_english", "in_chinese"),
    [
        (
            {"quote": None, "lacks_quote": True},
            "Missing: the words that were said (QA can",
            "缺当时的原话（请质检补记）",
        ),
        ({"said_at": None, "lacks_time": True}, "Missing: the time to the second (QA can", "缺精确到秒的时间"),
        ({"error_type": None, "lacks_technique": True}, "Missing: a technique for it (whoever", "缺对应的技巧"),
        ({"error_type": "nobody_wrote_it"}, "Missing: a technique for it (whoever", "缺对应的技巧"),
        ({"contact_id": None}, "Missing: the contact it is about (whoever registers", "缺对应的那通联络"),
    ],
)
def test_a_card_that_lacks_something_is_a_line_that_says_what_and_who_could_add_it(
    site: Site, lacking: dict[str, Any], in_english: str, in_chinese: str
) -> None:
    here = with_moments(site, complaint("A1", 1, is_complete=False, **lacking))
    for language, said in (("en", in_english), ("zh", in_chinese)):
        found = paper(html(here, language, "A1"))
        assert 'class="fw-moment"' not in found
        assert said in text(found)
        assert NOTICE not in text(found)


def test_with_two_whole_cards_the_refused_ones_wait_on_the_screen(site: Site) -> None:
    found = html(site, "en", "A0")
    assert "no card yet" not in text(paper(found))
    assert "no card yet. Missing: the words that were said" in text(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("quality", ["contact", "customer", "agent", "none", None])
def test_what_a_match_rests_on_is_said_in_words(site: Site, language: str, quality: str | None) -> None:
    card = sheets.cards.cards_of(Selection(site, "../"), "A1")[0]
    found = replace(card, row=replace(card.row, match_quality=quality))
    assert sheets.cards.source(voice(site, language), found)


# ---------- which come first
def test_upheld_complaints_come_first_then_critical_errors_then_what_matters(site: Site) -> None:
    here = with_moments(
        site,
        moment("A0", 1, error_type="cold_opening"), moment("A0", 2, error_type="need_not_asked"),
        moment("A0", 3, error_type="holds_unexplained", is_critical=True), complaint("A0", 4),
    )  # fmt: skip
    page = context(here, "A0")
    assert [card.row.position for card in (*page.cards, *page.more_cards)] == [4, 3, 2, 1]


def test_two_moments_of_one_error_do_not_both_stand_on_paper_beside_another(site: Site) -> None:
    here = with_moments(site, moment("A0", 1), moment("A0", 2), moment("A0", 3, error_type="need_not_asked"))
    assert [card.row.error_type for card in context(here, "A0").cards] == ["need_not_asked", "evading"]


def test_old_moments_stay_where_they_were(build: Build) -> None:
    rows = centre()
    rows[CoachingEvidence] = [moment("A0", 1, is_recent=False)]
    assert parts(html(build(rows), "en", "A0"))["Moments to talk about"].startswith("No moment of the last weeks")


def test_long_words_are_cut_between_words_on_paper_and_stand_whole_below(site: Site) -> None:
    words = "I said that we would look into it and " * 8
    here = with_moments(site, *(moment("A0", number, quote=words) for number in (1, 2, 3)))
    quotes = [unescape(quote) for quote in re.findall(r"<q>(.*?)</q>", html(here, "en", "A0")) if "look into" in quote]
    assert [len(quote) <= sheets.cards.QUOTE for quote in quotes] == [True, True, False]
    assert quotes[0].endswith("…")
    assert quotes[0].rstrip("…").split()[-1] in words.split()
