"""Tiers: rules in force, words for every code of the contracts, what is never said. Not: counts, people's sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipelines.charts import tier_mix, transition, weights
from pipelines.settings import LANGUAGES
from pipelines.site.areas import _tier_rules, _tier_words, tiers
from pipelines.site.areas._tier_drawings import LABELS
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.repository.test_no_dismissal_wording import found_in
from tests.unit.tiers_centre import change, tier, with_book, with_rule
from tests.unit.tiers_pages import (
    MONEY,
    RANK,
    SENTENCE,
    codes,
    english,
    html,
    lines,
    of_person,
    of_team,
    said,
    section,
    text,
    voice,
)

PAGE = "tiers/index.html"
STARTING = "starting value of this product"
ENTER = "How sure it must be before somebody enters the low or the high tier"
IF_RANKED = re.compile(r"Ranking the plain figures and calling[^.]*\.|如果按未调整的数字排名[^。]*。")


def everything(site: Site, language: str) -> list[str]:
    """The texts of this area: its page and its sections of every team and person."""
    teams = [of_team(site, language, team.team_id) for team in site.teams]
    people = [of_person(site, language, agent.agent_id) for agent in site.agents]
    return [said(site, language, PAGE), *map(text, [*teams, *people])]


# ---------- rules
def test_every_rule_is_printed_with_its_value_its_owner_and_its_date(tiers_site: Site) -> None:
    table = lines(section(tiers_site, "en", PAGE, "The rule"))
    assert table[0] == ["Rule", "Value", "Decided by", "Since"]
    assert table[1] == ["Below this score a result is low", "60", STARTING, "always"]
    assert table[3] == [ENTER, "85%", "Operations board", "5 Feb 2024"]
    values = ["60", "80", "85%", "30%", "70%", "60%", "10%", "20%", "30", "60", "40%", "80", "5%", "80%"]
    assert [line[1] for line in table[1:15]] == values
    assert len({line[0] for line in table[1:15]}) == len(_tier_rules.RULES) == 14
    chinese = lines(section(tiers_site, "zh", PAGE, "分层规则"))
    assert chinese[1] == ["低于此分为低绩效", "60", "本产品的起始值", "一直"]
    assert chinese[3] == ["进入高绩效或低绩效所需的把握", "85%", "Operations board", "2024年2月5日"]


def test_a_changed_rule_shows_its_new_value_and_a_hostile_owner_stays_text(tiers_site: Site) -> None:
    rules = {rule.rule_id: rule for rule in with_rule("grace_days", value=1234.0, owner="<b>HR</b>")}
    page = html(with_book(tiers_site, "tiers", rules=rules), "en", PAGE)
    assert ["Days after the first day in which nobody is sorted", "1,234", "<b>HR</b>", "always"] in lines(page)
    assert [ENTER, "80%", STARTING, "always"] in lines(page)
    assert "<b>HR" not in page


@pytest.mark.parametrize(
    ("rule_id", "value", "printed"),
    [("critical_error_limit", 0.025, "2.5%"), ("tier_enter", 0.975, "97.5%"), ("tier_low_cut", 62.5, "62.5")],
)
def test_a_rule_is_printed_as_exactly_as_it_acts(tiers_site: Site, rule_id: str, value: float, printed: str) -> None:
    rule = next(rule for rule in with_rule(rule_id, value=value) if rule.rule_id == rule_id)
    assert _tier_rules.amount(voice(tiers_site, "en"), rule) == printed


def test_what_counts_is_printed_per_role_with_weight_standards_and_who_set_them(tiers_site: Site) -> None:
    page = html(tiers_site, "en", PAGE)
    roles = ["everybody", "General enquiries", "nights"]
    assert re.findall(r"<h3>(.*?)</h3>", page) == [f"What counts for {role}" for role in roles]
    ratios = [f"{x} times the value expected for such work" for x in ("1.15", "0.98", "0.83")]
    header = ["Measure", "Weight", "60 points", "80 points", "100 points", "Standard set by"]
    assert lines(page)[-7:] == [
        header,
        ["Average talk time", "40%", *ratios, STARTING],
        ["Customer satisfaction (mean)", "60%", "3.10", "3.90", "4.40", "derived, provisional"],
        header,
        ["Customer satisfaction (mean)", "35%", "3.30", "4.10", "4.60", "Service board"],
        header,
        ["Answer rate", "25%", "70.0%", "80.0%", "90.0%", STARTING],
    ]
    assert "预期值的 0.98 倍" in said(tiers_site, "zh", PAGE)


def test_a_weight_is_printed_as_exactly_as_it_counts(tiers_site: Site) -> None:
    anchors = tuple(replace(each, weight=0.125) for each in tiers.tiers(Selection(tiers_site, "../")).roles[0][1])
    assert "12.5%" in said(with_book(tiers_site, "tiers", anchors=anchors), "en", PAGE)


def test_a_weight_is_printed_with_who_decided_it_and_since_when(tiers_site: Site) -> None:
    anchors = tiers.tiers(Selection(tiers_site, "../")).roles[0][1]
    decided = tuple(replace(each, weight_owner="Weights board") for each in anchors)
    found = said(with_book(tiers_site, "tiers", anchors=decided), "en", PAGE)
    assert "Weights board" in found
    assert "9 Jan 2024" in found


# ---------- codes
def strength(say: Voice, code: str) -> str:
    return _tier_words.strength(say, tier("A0", "high", 81.0, (0.8, 0.2, 0.0), strength=code))


def borderline(say: Voice, code: str) -> str:
    return _tier_words.strength(say, tier("A0", "mid", 81.0, (0.5, 0.5, 0.0), borderline=code))


CODES: dict[tuple[str, str], tuple[set[str], Callable[[Voice, str], str]]] = {
    ("fct_tier", "tier"): (set(tiers.TIERS), _tier_words.tier),
    ("fct_tier", "strength"): ({"firm", "leaning", "borderline"}, strength),
    ("fct_tier", "borderline"): ({"low", "high"}, borderline),
    ("fct_tier", "no_tier_reason"): (
        {"new_starter", "low_reliability", "low_coverage", "not_comparable", "straddles"},
        _tier_words.no_tier,
    ),
    ("fct_tier_change", "direction"): (
        {"nobody", "too_few", "mostly_up", "mostly_down", "both_ways"},
        lambda say, code: _tier_words.direction(say, change(direction=code)),
    ),
    ("fct_tier_change", "verdict"): (
        {"more_than_chance", "as_chance", "less_than_chance"},
        lambda say, code: _tier_words.verdict(say, change(verdict=code)),
    ),
    ("fct_standing", "comparison"): (
        {"better", "worse", "alike", "cannot_say", "not_comparable", "no_direction"},
        _tier_words.comparison,
    ),
    ("dim_anchor", "anchors_source"): (
        {"standard", "derived"},
        lambda say, code: _tier_rules.owner(say, "default" if code == "standard" else code),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("model", "column"), CODES)
def test_every_code_of_a_contract_has_words_of_its_own(
    tiers_site: Site, model: str, column: str, language: str
) -> None:
    known, say = CODES[model, column]
    assert codes(model, column) == known
    found = {code: say(voice(tiers_site, language), code) for code in known}
    assert len(set(found.values())) == len(known)
    assert not [words for words in found.values() if not words or "_" in words]
    assert [words.isascii() for words in found.values()] == [language == "en"] * len(known)


def test_an_anchor_is_a_value_or_a_ratio_and_an_owner_is_named_as_written(tiers_site: Site) -> None:
    assert codes("dim_anchor", "basis") == {"value", "ratio"}
    english_voice, chinese_voice = (voice(tiers_site, language) for language in LANGUAGES)
    assert _tier_rules.anchor(english_voice, "answer_rate", "value", 0.985) == "98.5%"
    english = _tier_rules.anchor(english_voice, "answer_rate", "ratio", 0.985)
    assert english == "0.98 times the value expected for such work"
    assert _tier_rules.anchor(chinese_voice, "answer_rate", "ratio", 1.15) == "预期值的 1.15 倍"
    assert _tier_rules.anchor(chinese_voice, "answer_rate", "ratio", None) == "–"
    assert _tier_rules.owner(chinese_voice, "Service board") == "Service board"


def test_every_mark_of_the_pictures_has_a_meaning_and_every_tier_a_label(tiers_site: Site) -> None:
    assert set(LABELS) == codes("fct_tier", "tier")
    assert len(set(LABELS.values())) == len(LABELS)
    shown = {*tier_mix.KEY, *transition.KEY, *weights.KEY}
    for language in LANGUAGES:
        assert shown <= tiers.marks(voice(tiers_site, language)).keys()


# ---------- never said
def test_chinese_texts_hold_no_english_sentence_of_this_area(tiers_site: Site) -> None:
    for found in everything(tiers_site, "zh"):
        assert SENTENCE.findall(found) == []
        assert not [start for start in english("tiers") if re.search(rf"(?<!\w){re.escape(start)}", found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_ranked_and_nothing_is_threatened(tiers_site: Site, language: str) -> None:
    page, *sections = everything(tiers_site, language)
    assert IF_RANKED.search(page)
    for found in (IF_RANKED.sub("", page), *sections):
        assert len(found) > 60
        assert RANK.findall(found) == []
        assert found_in(found) == []
        assert MONEY.findall(found) == []


def test_the_sentence_for_search_results_is_said_in_both_languages(tiers_site: Site) -> None:
    assert tiers.SUMMARIES["tiers"](voice(tiers_site, "en")).endswith("by which rule, and how much of it is chance.")
    assert tiers.SUMMARIES["tiers"](voice(tiers_site, "zh")).startswith("分层及其依据：各层多少人")
