from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipelines.figures import figures
from tests.unit.fake_marts import KPIS

EN, ZH, HANT = figures("en"), figures("zh"), figures("zh-hant")
BY_ID = {kpi.kpi_id: kpi for kpi in KPIS}
RATE, TALK, CSAT = BY_ID["answer_rate"], BY_ID["average_talk_time"], BY_ID["csat_mean"]
HANDLED = BY_ID["contacts_handled"]


@pytest.mark.parametrize(
    ("kpi", "x", "compact", "precise"),
    [
        (RATE, 0.8108, "81.1%", "81.08%"),
        (RATE, 0.0, "0.0%", "0.00%"),
        (RATE, 1.0, "100.0%", "100.00%"),
        (TALK, 224.92, "3 min 45 s", "224.92 s"),
        (TALK, 67.52, "1 min 08 s", "67.52 s"),
        (TALK, 60.0, "1 min", "60.00 s"),
        (TALK, 59.4, "59.4 s", "59.40 s"),
        (TALK, 7325.0, "2 h 02 min", "7,325.00 s"),
        (CSAT, 3.40355, "3.40", "3.4036"),
        (HANDLED, 1234567.0, "1,234,567", "1,234,567"),
    ],
)
def test_a_value_has_a_form_for_the_eye_and_a_precise_one(kpi: object, x: float, compact: str, precise: str) -> None:
    assert EN.value(kpi, x) == compact  # type: ignore[arg-type]
    assert EN.value(kpi, x, precise=True) == precise  # type: ignore[arg-type]


def test_chinese_writes_the_same_numbers_with_its_own_units() -> None:
    assert ZH.value(RATE, 0.8108, precise=True) == "81.08%"
    assert ZH.value(TALK, 224.92) == "3分45秒"
    assert ZH.value(TALK, 224.92, precise=True) == "224.92 秒"
    assert ZH.value(TALK, 60.0) == "1分钟"
    assert ZH.value(TALK, 7325.0) == "2小时02分"
    assert ZH.value(CSAT, 3.40355, precise=True) == "3.4036"


def test_traditional_chinese_has_a_habit_of_its_own() -> None:
    start = date(2021, 4, 5)
    assert [HANT.period(kind, start) for kind in ("day", "week", "month", "quarter", "all")] == [
        "2021年4月5日", "2021年4月5日當週", "2021年4月", "2021年第二季", "全部時段",
    ]  # fmt: skip
    assert [HANT.seconds(x) for x in (59.4, 60.0, 192.0, 7325.0)] == ["59.4 秒", "1分鐘", "3分12秒", "2小時02分"]
    assert HANT.change(RATE, -0.0123) == "−1.2 個百分點"
    assert HANT.value(HANDLED, 1234567.0) == "1,234,567"
    assert HANT.interval(RATE, 0.799, 0.821) == "79.9%～82.1%"
    assert HANT.listing(["甲", "乙", "丙"]) == "甲、乙和丙"


def test_a_duration_that_rounds_to_a_minute_is_written_as_a_minute() -> None:
    assert EN.seconds(59.6) == "1 min"
    assert EN.seconds(3599.7) == "1 h 00 min"


@pytest.mark.parametrize(("x", "said"), [(0.9496, "94%"), (0.95, "95%"), (0.57, "57%"), (1.0, "100%"), (None, "–")])
def test_a_share_rounded_down_never_reaches_a_line_it_missed(x: float | None, said: str) -> None:
    assert EN.share_down(x) == said


def test_a_change_is_signed_and_shares_change_by_percentage_points() -> None:
    assert EN.change(RATE, 0.0123) == "+1.2 percentage points"
    assert ZH.change(RATE, -0.0123) == "−1.2 个百分点"
    assert EN.change(TALK, -75.0) == "−1 min 15 s"
    assert EN.change(CSAT, 0.126) == "+0.13"


def test_a_change_that_rounds_to_nothing_has_no_sign() -> None:
    assert EN.change(RATE, -0.0001) == "0.0 percentage points"
    assert EN.number(-0.04, 1) == "0.0"


def test_what_is_missing_is_a_dash_and_never_a_zero() -> None:
    assert EN.value(RATE, None) == EN.change(RATE, None) == EN.interval(RATE, None, 1.0) == EN.day(None) == "–"
    assert EN.picture(RATE, None) == ""


def test_a_number_that_is_not_finite_stops_the_build() -> None:
    with pytest.raises(ValueError, match="not a figure"):
        EN.value(RATE, float("nan"))


def test_intervals_read_as_words() -> None:
    assert EN.interval(RATE, 0.799, 0.821) == "79.9% to 82.1%"
    assert ZH.interval(RATE, 0.799, 0.821) == "79.9%～82.1%"


def test_a_unit_that_both_ends_of_a_range_have_is_said_once_and_last() -> None:
    assert EN.change_range(RATE, -0.05, -0.012) == "−5.0 to −1.2 percentage points"
    assert ZH.change_range(RATE, -0.05, -0.012) == "−5.0 至 −1.2 个百分点"
    assert HANT.change_range(RATE, -0.05, 0.012) == "−5.0 至 +1.2 個百分點"
    assert EN.change_range(RATE, -0.05, 0.0, precise=True) == "−5.00 to 0.00 percentage points"
    assert EN.change_range(TALK, -12.5, 3.25) == "−12.5 to +3.2 s"
    assert ZH.interval(TALK, 12.5, 14.75) == "12.5～14.8 秒"
    assert EN.interval(TALK, 60.0, 120.0) == "1 to 2 min"
    assert EN.change_range(CSAT, None, 0.2) == "–"


def test_a_range_whose_ends_have_different_units_says_both() -> None:
    assert EN.interval(TALK, 59.4, 67.52) == "59.4 s to 1 min 08 s"
    assert EN.interval(TALK, 67.52, 75.0) == "1 min 08 s to 1 min 15 s"
    assert ZH.change_range(TALK, -75.0, 20.0) == "−1分15秒 至 +20.0 秒"


def test_a_page_may_join_a_range_with_its_own_words() -> None:
    assert EN.change_range(RATE, -0.05, -0.04, to="{low} to below {high}") == "−5.0 to below −4.0 percentage points"


def test_periods_have_names_in_both_languages() -> None:
    start = date(2021, 4, 5)
    assert [EN.period(kind, start) for kind in ("day", "week", "month", "quarter", "all")] == [
        "5 Apr 2021", "week of 5 Apr 2021", "April 2021", "Q2 2021", "whole period",
    ]  # fmt: skip
    assert [ZH.period(kind, start) for kind in ("day", "week", "month", "quarter", "all")] == [
        "2021年4月5日", "2021年4月5日当周", "2021年4月", "2021年第二季度", "全部时段",
    ]  # fmt: skip


def test_a_stretch_of_one_day_is_written_once() -> None:
    day = date(2021, 4, 5)
    assert EN.days(day, day) == "5 Apr 2021"
    assert ZH.days(day, date(2021, 4, 6)) == "2021年4月5日至2021年4月6日"


def test_names_are_listed_as_each_language_lists_them() -> None:
    assert EN.listing(["a", "b", "c"]) == "a, b and c"
    assert ZH.listing(["甲", "乙", "丙"]) == "甲、乙和丙"


def test_pictures_carry_one_form_for_all_languages() -> None:
    for kpi, x in ((RATE, 0.8108), (TALK, 224.92), (CSAT, 3.4), (HANDLED, 1200.0)):
        assert EN.picture(kpi, x) == ZH.picture(kpi, x)
    assert EN.picture(TALK, 224.92) == "3:45"


def test_the_catalogue_decides_the_precise_decimals() -> None:
    assert EN.value(replace(RATE, decimals=3), 0.81084, precise=True) == "81.084%"
