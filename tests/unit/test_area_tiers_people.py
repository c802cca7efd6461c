"""Tiers: what the sections of teams and people say, in which order. The page and its words: test_area_tiers, _words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pipelines.marts import Entity, Tier
from pipelines.settings import LANGUAGES
from pipelines.site.areas import _tier_words, tiers
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit.site_pages import Build
from tests.unit.tiers_centre import BEFORE, FIRST, PEOPLE, centre, earlier, move, tier, with_book
from tests.unit.tiers_pages import html, lines, named, of_person, of_team, place, text, voice

LITTLE = "not_enough_evidence"
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("new_starter", {"no_tier_reason": "new_starter"}, "In the first weeks nobody is sorted.", "入职初期不分层。"),
    (LITTLE, {"no_tier_reason": "low_reliability"}, "Too few observations: less than", "记录太少：差异中"),
    (LITTLE, {"no_tier_reason": "low_coverage"}, "Too little of what counts was measured.", "有数据的太少。"),
    (LITTLE, {"no_tier_reason": "not_comparable"}, "nothing to compare it with.", "大多没有别人在做，无从比较。"),
    (LITTLE, {"no_tier_reason": "straddles"}, "from below the low line to above the high", "同时跨越低线和高线。"),
    ("mid", {"is_gated": True, "strength": "leaning"}, "The critical-error rate is surely above", "关键差错率已可确定"),
    ("mid", {"borderline": "low"}, "(mid, more likely low but not surely)", "偏向低，但还不能确定"),
    ("mid", {"borderline": "high"}, "(mid, more likely high but not surely)", "偏向高，但还不能确定"),
    ("high", {"strength": "firm"}, "Tier: high (sure: at least 8 in 10).", "分层：高绩效（有把握：八成以上）。"),
    ("high", {"strength": "leaning"}, "Tier: high (leaning: 6 to 8 in 10).", "分层：高绩效（倾向：六到八成把握）。"),
    ("low", {"strength": "borderline"}, "Tier: low (borderline: less than 6 in 10).", "低绩效（临界：不到六成把握）。"),
    ("mid", {"revision": None, "strength": "firm"}, "Provisional: the last days", "暂定：本季度最后几天"),
    ("mid", {"revision": 3, "strength": "firm"}, "Revision 3: data or rules of this", "第 3 次修订：本季度"),
]


def spoken(site: Site, language: str, found: Tier) -> str:
    return " ".join(_tier_words.person(voice(site, language), found))


def person(site: Site, language: str, code: str, **more: Any) -> str:
    """What is said of somebody who has 81.5 points."""
    return spoken(site, language, tier("A0", code, 81.5, (0.4, 0.6, 0.0), **more))


# ---------- a person
def test_a_tier_is_said_with_its_strength_its_score_and_its_range(tiers_site: Site) -> None:
    found = text(of_person(tiers_site, "en", "A0"))
    assert found.startswith("Tier and what it rests on, Q1 2024 Tier: high (sure: at least 8 in 10).")
    assert "Score 91.3, likely between 86.2 and 96.4 of 100; 60 is the minimum standard, 80 the target." in found
    assert "Chances: high 93%, mid 7%, low under 1%." in found
    assert "chance alone would give another tier next quarter in 16% of cases." in found
    chinese = text(of_person(tiers_site, "zh", "A0"))
    assert "分层：高绩效（有把握：八成以上）。 综合得分 91.3 分，很可能在 86.2～96.4 分之间（满分 100）" in chinese


@pytest.mark.parametrize(("code", "more", "in_english", "in_chinese"), CASES)
def test_every_special_case_has_a_plain_sentence_that_no_other_case_has(
    tiers_site: Site, code: str, more: dict[str, Any], in_english: str, in_chinese: str
) -> None:
    for language, sentence in (("en", in_english), ("zh", in_chinese)):
        having = [case for case in CASES if sentence in person(tiers_site, language, case[0], **case[1])]
        assert having == [(code, more, in_english, in_chinese)]


def test_without_a_tier_neither_tier_nor_score_nor_chances_are_said(tiers_site: Site) -> None:
    assert "Q1 2024 New starter: no tier yet. In the first weeks nobody" in text(of_person(tiers_site, "en", "A4"))
    for code, more in (case[:2] for case in CASES if case[0] in ("new_starter", LITTLE)):
        assert not re.search(r"Tier:|Score|Chances|81|60%", person(tiers_site, "en", code, **more))
    assert "That is a result, not a gap in the page." in person(tiers_site, "en", LITTLE)


def test_points_that_a_guard_caps_say_so_beside_the_measure_and_lead_to_the_rules(tiers_site: Site) -> None:
    found = of_person(tiers_site, "en", "A0")
    satisfied, quick = lines(found)[1:3]
    assert satisfied == ["Customer satisfaction (mean)", "60%", "4.44", "4.21", "4.33", "4.26 to 4.40",
                         "better than peers", "76%", "345"]  # fmt: skip
    assert (quick[0], quick[6]) == ("Speed of answer", "too little to compare · points capped by a guard")
    assert '<a href="../tiers/index.html">points capped by a guard</a>' in found
    assert "因护栏指标异常而封顶" in of_person(tiers_site, "zh", "A0")
    assert "points capped" not in of_person(tiers_site, "en", "A1")


def test_the_picture_of_a_score_holds_what_counts_and_the_heaviest_first(tiers_site: Site) -> None:
    part = tiers.on_agent(Selection(tiers_site, "../"), tiers_site.agents[0])
    assert part
    assert [standing.kpi_id for standing in part.parts] == ["csat_mean", "speed_of_answer"]
    assert part.picture
    rows: Any = part.picture.request.data["rows"]
    assert [(row["text"], row["full"]) for row in rows] == [("51.7 / 60.0", 60.0), ("32.0 / 60.0", 60.0)]
    assert ["Customer satisfaction (mean)", "51.7", "48.0", "60.0"] in lines(of_person(tiers_site, "en", "A0"))


def test_quarters_stand_oldest_first_and_only_where_there_are_several(tiers_site: Site) -> None:
    table = lines(of_person(tiers_site, "en", "A0").split("Quarter by quarter")[1])
    assert [line[:4] for line in table[1:]] == [
        ["Q3 2023", "new starter", "70.2", "64.0 to 76.4"],
        ["Q4 2023", "mid", "77.7", "71.5 to 83.9"],
        ["Q1 2024", "high", "91.3", "86.2 to 96.4"],
    ]
    assert "Quarter by quarter" not in of_person(tiers_site, "en", "A1")


def test_somebody_who_was_not_here_in_the_current_quarter_has_no_section(tiers_site: Site) -> None:
    book: Any = tiers_site.books["tiers"]
    gone = earlier(book.current("A1"), BEFORE, "mid", 61.5)
    site = with_book(tiers_site, "tiers", tiers={**book.tiers, "A1": (gone,)})
    assert of_person(site, "en", "A1") == ""
    assert "Uma" not in of_team(site, "en", "T1")


def test_a_tier_kept_from_before_says_that_it_was_kept(tiers_site: Site) -> None:
    kept = tier("A3", "low", 60.8, (0.0, 0.57, 0.43), strength="borderline", previous_tier="low")
    assert spoken(tiers_site, "en", kept) != spoken(tiers_site, "en", replace(kept, previous_tier=None))


@pytest.mark.parametrize("code", ["new_starter", LITTLE])
def test_critical_errors_keep_nobody_at_mid_who_has_no_tier(tiers_site: Site, code: str) -> None:
    found = person(tiers_site, "en", code, no_tier_reason="new_starter", is_gated=True)
    assert "so the tier stays at mid" not in found


def test_whoever_only_the_gate_keeps_from_high_is_not_called_unsure(tiers_site: Site) -> None:
    gated = tier("A5", "mid", 91.0, (0.97, 0.03, 0.0), strength="borderline", borderline="high", is_gated=True)
    assert "not surely" not in spoken(tiers_site, "en", gated)


# ---------- moves and previews
def test_a_move_is_split_into_own_results_rules_data_and_mix(tiers_site: Site) -> None:
    found, chinese = (text(of_person(tiers_site, language, "A0")) for language in LANGUAGES)
    assert (
        "Since Q4 2023 the score moved by +13.6: +11.6 from own results, +3.1 from changed rules, −1.2 from "
        "corrected data. Different work alone would have moved the plain figures by +2.4; that is taken out" in found
    )
    assert "综合得分变动 +13.6 分：其中自身结果 +11.6 分，规则变化 +3.1 分，数据更正 −1.2 分。" in chinese
    assert "未调整的数字就会变动 +2.4 分；这一部分已扣除，不计在内。" in chinese


def test_less_than_a_point_of_mix_is_not_worth_a_sentence_and_no_move_is_none(tiers_site: Site) -> None:
    found = text(of_person(tiers_site, "en", "A1"))
    assert "moved by −2.3: −2.3 from own results, 0.0 from changed rules, 0.0 from corrected data." in found
    assert "Different work" not in found
    assert len(_tier_words.move(voice(tiers_site, "en"), move("A1", 1.0, 0.0, 0.0, -1.0))) == 2
    assert "score moved" not in text(of_person(tiers_site, "en", "A3"))


def test_a_move_since_an_earlier_quarter_is_not_told_as_one_since_the_quarter_before(tiers_site: Site) -> None:
    found = replace(move("A0", 11.62, 3.14, -1.16, 2.42), previous_start=FIRST)
    assert "Since the quarter before" not in _tier_words.move(voice(tiers_site, "en"), found)[0]


def test_a_preview_says_that_it_commits_to_nothing(tiers_site: Site) -> None:
    preview = "Preview for 1 Feb 2024 to 30 Apr 2024: mid. It commits to nothing."
    assert preview in text(of_person(tiers_site, "en", "A0"))
    assert "2024年2月1日至2024年4月30日的预览：中绩效。仅供参考，不作定论。" in text(of_person(tiers_site, "zh", "A0"))
    assert "Preview" not in of_person(tiers_site, "en", "A1")


# ---------- a team
@pytest.mark.parametrize(("language", "names"), [("en", ["Sam", "Tia", "Uma"]), ("zh", ["沈丙", "田甲", "武乙"])])
def test_people_of_a_team_stand_in_order_of_name(tiers_site: Site, language: str, names: list[str]) -> None:
    table = lines(of_team(tiers_site, language, "T1"))[1:]
    assert [line[0] for line in table] == names
    assert [line[4] for line in table] == ["74.0", "91.3", "61.5"]


def test_no_score_and_no_tier_moves_anybody_in_a_team_and_namesakes_stand_by_their_keys(build_site: Build) -> None:
    rows = centre()
    flipped = {"A0": ("low", 12.0), "A1": ("high", 99.0), "A2": ("mid", 55.0)}
    rows[Tier] = [tier(key, code, score, (0.0, 1.0, 0.0), strength="firm") for key, (code, score) in flipped.items()]
    site = build_site(rows)
    assert [line[0] for line in lines(of_team(site, "en", "T1"))[1:]] == ["Sam", "Tia", "Uma"]
    rows[Entity] = [replace(each, name_en="Kim") if each.entity_id in flipped else each for each in rows[Entity]]
    assert [line[4] for line in lines(of_team(build_site(rows), "en", "T1"))[1:]] == ["12.0", "99.0", "55.0"]


def test_a_line_of_a_team_gives_tier_certainty_score_range_the_tier_before_and_a_preview(tiers_site: Site) -> None:
    sam, tia, uma = lines(of_team(tiers_site, "en", "T1"))[1:]
    reason = "Too few observations: less than the required part of a difference would be seen again."
    assert sam == ["Sam", LITTLE.replace("_", " "), reason, "", "74.0", "68.9 to 79.1", "mid", "low"]
    assert tia == ["Tia", "high", "sure: at least 8 in 10", "", "91.3", "86.2 to 96.4", "mid", "mid"]
    assert uma == ["Uma", "mid", "mid, more likely low but not surely", "", "61.5", "56.4 to 66.6", "mid", "–"]
    assert 'aria-label="Chances: high 93%, mid 7%, low under 1%."' in of_team(tiers_site, "en", "T1")


def test_previews_are_shown_when_only_the_first_by_name_has_none(tiers_site: Site) -> None:
    book: Any = tiers_site.books["tiers"]
    site = with_book(tiers_site, "tiers", tiers={**book.tiers, "A2": (book.current("A2"),)})
    header, sam, tia, _ = lines(of_team(site, "en", "T1"))
    assert (header[-1], sam[-1], tia[-1]) == ("Preview, commits to nothing", "–", "mid")


def test_a_team_shows_those_who_were_in_it_at_the_end_of_the_window_and_nobody_else(tiers_site: Site) -> None:
    book: Any = tiers_site.books["tiers"]
    moved = replace(book.current("A0"), team_id="T2")
    site = with_book(tiers_site, "tiers", tiers={**book.tiers, "A0": (moved,)})
    assert [line[0] for line in lines(of_team(site, "en", "T1"))[1:]] == ["Sam", "Uma"]
    assert [line[0] for line in lines(of_team(site, "en", "T2"))[1:]] == ["Pia", "Rob", "Tia"]


def test_a_person_reads_of_nobody_else(tiers_site: Site) -> None:
    for key in PEOPLE:
        for language in LANGUAGES:
            assert named(text(html(tiers_site, language, place(tiers_site, "agent", key)))) == {key}
