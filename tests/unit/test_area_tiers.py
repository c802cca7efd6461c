"""Tiers: counts and movement on their page. Rules and codes: test_area_tiers_words; people: test_area_tiers_people."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.marts import TierChange, TierCount, TierMix, TierTransition
from pipelines.settings import LANGUAGES
from pipelines.site import pages
from pipelines.site.areas import _tier_words, tiers
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit.site_pages import Build
from tests.unit.tiers_centre import BEFORE, NOW, centre, change, count, mix, with_book
from tests.unit.tiers_pages import html, lines, named, place, said, section, voice

PAGE = "tiers/index.html"
MOVEMENT = {"en": "Movement since the quarter before", "zh": "与上季度相比的变动"}
BEYOND = "That is more than chance: look for what happened to everybody."


def context(site: Site) -> tiers.TiersPage:
    return tiers.tiers(Selection(site, "../"))


# ---------- counts
def test_the_page_gives_the_current_counts_and_says_which_are_not_shown(tiers_site: Site) -> None:
    found = said(tiers_site, "en", PAGE)
    assert "Of 147 people: high 41, mid 77, low not shown." in found
    assert "Not enough evidence: 19; new: not shown." in found
    assert "would have named 26 people, 20 of whom are not low once work and chance are allowed for" in found
    chinese = "147 人的分层：高绩效 41，中绩效 77，低绩效 不显示。另有依据不足 19，新人 不显示。"
    assert chinese in said(tiers_site, "zh", PAGE)
    table = lines(html(tiers_site, "en", PAGE))
    assert ["From", "high", "mid", "low", "not enough evidence", "new starter"] in table
    assert ["1 Jan 2024", "41", "77", "not shown", "19", "not shown"] in table
    assert ["1 Oct 2023", "44", "81", "5", "9", "0"] in table
    assert ["2024年1月1日", "41", "77", "不显示", "19", "不显示"] in lines(html(tiers_site, "zh", PAGE))


def test_a_hidden_number_is_nowhere_in_the_page_or_in_its_pictures(build_site: Build) -> None:
    rows, people = centre(), dict(zip(tiers.TIERS, (2111, 2633, 463, 1742, 579), strict=True))
    rows[TierMix][0] = mix("centre", "centre", NOW, (2111, 2633, 463, 1742, 579), 74.26)
    rows[TierCount] = [count(NOW, code, n if n > 999 else None, 7528, 1042) for code, n in people.items()]
    site = build_site(rows)
    for language in LANGUAGES:
        page = next(page for page in pages.pages(site, language) if page.path == PAGE)
        pictures = [json.dumps([chart.data, chart.specification()]) for chart in page.charts]
        everything = " ".join([html(site, language, PAGE).replace(",", ""), *pictures])
        told = set(re.findall(r"(?<![\d.])\d+(?![\d.]*\d)", everything))
        assert {"7528", "2111", "2633", "1742", "1042"} <= told
        assert not {"463", "579"} & told


def test_hidden_counts_stand_together_in_the_picture(tiers_site: Site) -> None:
    found = context(tiers_site).picture
    assert found
    rows: Any = found.request.data["rows"]
    before, now = rows
    assert (now["label"], now["text"]) == ("2024 Q1", "147")
    wanted = dict(zip((*tiers.TIERS, "hidden"), (41, 77, 0, 19, 0, 10), strict=True))
    assert {part["tier"]: part["count"] for part in now["parts"]} == wanted
    assert (before["parts"][-1]["tier"], before["parts"][-1]["count"]) == ("hidden", 0)
    assert found.key == ("tier_high", "tier_mid", "tier_low", "tier_not_enough_evidence", "tier_hidden")


def test_the_picture_and_the_table_of_changes_show_the_last_eight_quarters(tiers_site: Site) -> None:
    starts = [date(year, month, 1) for year in (2022, 2023, 2024) for month in (1, 4, 7, 10)]
    counts = [count(start, code, 9, 45, 0) for start in starts for code in tiers.TIERS]
    preview = [replace(each, window_kind="preview", window_start=date(2024, 11, 1)) for each in counts[-5:]]
    changes = tuple(change(window_start=start) for start in starts)
    found = context(with_book(tiers_site, "tiers", counts=(*preview, *counts), changes=changes))
    assert found.picture
    assert [start for start, _ in found.picture.quarters] == starts[4:]
    assert [each.window_start for each in found.changes] == starts[4:]


def test_the_sentence_about_ranking_tells_no_count_that_is_too_small(build_site: Build) -> None:
    rows = centre()
    rows[TierMix][0] = replace(rows[TierMix][0], raw_low=4, raw_low_not_low=3)
    assert "4 people, 3 of whom" not in said(build_site(rows), "en", PAGE)


def test_where_ranking_would_name_nobody_the_page_is_silent_about_it(tiers_site: Site) -> None:
    mixes = tuple(replace(each, raw_low=0, raw_low_not_low=0) for each in tiers_site.books["tiers"].mixes)  # type: ignore[attr-defined]
    assert "Ranking the plain figures" not in said(with_book(tiers_site, "tiers", mixes=mixes), "en", PAGE)


# ---------- movement
def test_changes_of_tier_stand_beside_those_that_chance_alone_brings(tiers_site: Site) -> None:
    found = said(tiers_site, "en", PAGE)
    assert f"23 of 118 people changed tier, mostly downwards; by chance alone about 9 would have. {BEYOND}" in found
    assert "If nobody changed at all" not in found
    assert "118 人中有 23 人换了层，多数是下降；仅凭偶然也会有约 9 人。" in said(tiers_site, "zh", PAGE)
    assert lines(section(tiers_site, "en", PAGE, MOVEMENT["en"]))[1:3] == [
        ["Q1 2024", "118", "23", "9.4", "mostly downwards", BEYOND],
        ["Q4 2023", "101", "a few people", "4.4", "too few to say", "Chance explains that."],
    ]
    assert lines(section(tiers_site, "zh", PAGE, MOVEMENT["zh"]))[2][:4] == ["2023年第四季度", "101", "几个人", "4.4"]


def test_a_hidden_change_is_a_few_and_a_direction_is_said_where_most_went_one_way(tiers_site: Site) -> None:
    english, chinese = (voice(tiers_site, language) for language in LANGUAGES)
    hidden = change(changed=None, direction="too_few")
    assert "a few of 118 people changed tier; by chance alone about 9 would" in _tier_words.change(english, hidden)
    assert "118 人中有少数几人换了层；仅凭偶然也会有约 9 人。" in _tier_words.change(chinese, hidden)
    up, both = change(direction="mostly_up"), change(direction="both_ways")
    assert "23 of 118 people changed tier, mostly upwards; by" in _tier_words.change(english, up)
    assert "23 of 118 people changed tier; by chance" in _tier_words.change(english, both)
    assert "多数" not in _tier_words.change(chinese, both)


def test_chinese_sentences_on_movement_stand_without_a_gap(tiers_site: Site) -> None:
    assert "仅凭偶然也会有约 9 人。这已超出偶然" in said(tiers_site, "zh", PAGE)


def test_without_a_change_of_the_current_quarter_the_sentence_about_chance_stands(tiers_site: Site) -> None:
    site = with_book(tiers_site, "tiers", changes=(change(is_current=False, window_start=BEFORE),))
    assert "If nobody changed at all, about 13 of these tiers would still differ next" in said(site, "en", PAGE)
    assert "即使所有人毫无变化，下季度仅凭偶然也会有约 13 人的分层不同。" in said(site, "zh", PAGE)
    nobody = with_book(site, "tiers", mixes=(mix("centre", "centre", NOW, (0, 0, 0, 9, 0), 70.0),))
    assert "Of 9 people" in said(nobody, "en", PAGE)
    assert "If nobody changed" not in said(nobody, "en", PAGE)


def test_who_moved_is_a_rounded_table_from_tier_to_tier_without_small_numbers(tiers_site: Site) -> None:
    assert lines(section(tiers_site, "en", PAGE, MOVEMENT["en"]))[3:7] == [
        ["Tier before", "high", "mid", "low"],
        ["high", "35", "fewer than 10", "fewer than 10"],
        ["mid", "10", "60", "fewer than 10"],
        ["low", "fewer than 10", "fewer than 10", "fewer than 10"],
    ]
    found = context(tiers_site).transition
    assert found
    cells: Any = found.request.data["cells"]
    assert [tuple(cell.values()) for cell in cells[0][:2]] == [(35, "35", True), (None, "<10", False)]
    assert found.request.specification()


def test_in_a_small_centre_the_number_of_changes_stands_without_the_ways(tiers_site: Site) -> None:
    site = with_book(tiers_site, "tiers", transitions=())
    found = section(site, "en", PAGE, MOVEMENT["en"])
    assert "By chance alone, about" in found
    assert "Who moved between tiers, and who stayed" not in found


def test_without_enough_people_in_both_quarters_the_moves_stand_without_a_table_of_changes(tiers_site: Site) -> None:
    site = with_book(tiers_site, "tiers", changes=())
    found = section(site, "en", PAGE, MOVEMENT["en"])
    assert "Who moved between tiers, and who stayed" in found
    assert "By chance alone, about" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_quarter_before_the_section_on_movement_is_absent(tiers_site: Site, language: str) -> None:
    assert section(tiers_site, language, PAGE, MOVEMENT[language])
    first = with_book(tiers_site, "tiers", changes=(), transitions=())
    assert section(first, language, PAGE, MOVEMENT[language]) == ""


# ---------- without tiers
def test_without_tiers_the_page_says_so_plainly_and_sections_are_absent(centre_site: Site) -> None:
    page = html(centre_site, "en", PAGE)
    assert "No agent was observed in a complete period, so there are no tiers yet." in page
    assert "还没有任何坐席有完整周期的数据，因此暂无分层。" in said(centre_site, "zh", PAGE)
    assert not [part for part in ("<table", "<figure", "<h2", "<h3") if part in page]
    assert "Tiers in this team" not in said(centre_site, "en", place(centre_site, "team", "T1"))
    assert "Tier and what it rests on" not in said(centre_site, "en", place(centre_site, "agent", "A0"))


def test_while_no_quarter_is_complete_the_whole_span_stands_in_without_movement(build_site: Build) -> None:
    rows = centre()
    for mart in (TierMix, TierCount):
        rows[mart] = [replace(each, window_kind="all") for each in rows[mart] if each.is_current]
    rows[TierTransition] = rows[TierChange] = []
    site = build_site(rows)
    assert "Of 147 people: high 41" in said(site, "en", PAGE)
    assert "If nobody changed at all, about 13" in said(site, "en", PAGE)
    assert section(site, "en", PAGE, MOVEMENT["en"]) == ""
    found = context(site).picture
    assert found
    assert [start for start, _ in found.quarters] == [NOW]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_no_person(tiers_site: Site, language: str) -> None:
    assert named(said(tiers_site, language, PAGE)) == set()
