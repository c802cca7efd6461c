"""Charts of change, agreement and what makes up a score: every mark stands where its value belongs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.charts._signed import signed_axis
from tests.unit.chart_pictures import boxes, drawn, example, picture, rules, shown, texts, width


# ---------- mix split
def test_bars_of_a_month_are_as_tall_as_mix_and_performance_and_the_mark_stands_at_their_sum() -> None:
    svg, data = picture("mix_split"), example("mix_split")
    months = [month for month in data["months"] if month["mix"] is not None]
    zero = rules(svg, stroke="axis")[-1][1]
    scale = signed_axis([month[key] for month in months for key in ("mix", "performance", "total")], "seconds")
    per_second = (270 - 134) / (scale.high - scale.low)

    def tip(box: tuple[float, float, float, float]) -> float:
        return box[1] if abs(box[1] - zero) > abs(box[3] - zero) else box[3]

    for key, fill in (("mix", "surface"), ("performance", "interval")):
        bars = sorted(boxes(svg, fill=fill, stroke="interval"))
        assert [zero - tip(bar) for bar in bars] == [pytest.approx(m[key] * per_second, abs=0.2) for m in months]
    marks = sorted(shown(svg, "path", fill="ink"), key=lambda mark: mark.x)
    assert [zero - mark.y for mark in marks] == [pytest.approx(m["total"] * per_second, abs=0.2) for m in months]


def test_the_trend_above_has_a_point_for_every_month_and_both_plots_their_own_axis() -> None:
    svg, data = picture("mix_split"), example("mix_split")
    points = sorted(shown(svg, "path", fill="actual"), key=lambda point: point.x)
    heights = [-point.y for point in points]
    values = [month["value"] for month in data["months"]]
    per_second = (heights[-1] - heights[0]) / (values[-1] - values[0])
    assert heights == [pytest.approx(heights[0] + (value - values[0]) * per_second, abs=0.2) for value in values]
    assert {"6:40", "+40 s", "−10 s", "0", "2025", "2026", "6:39", "+28 s"} <= set(texts(svg))


# ---------- effect range
def test_a_range_reaches_from_one_estimate_to_the_other_and_wears_its_finding() -> None:
    svg, data = picture("effect_range"), example("effect_range")
    zero = rules(svg, stroke="centre")[0][0]
    bands = sorted(boxes(svg, fill="band"), key=lambda box: box[1])
    per_point = width(bands[0]) / 2 / data["rows"][0]["detectable"]
    looks = {
        "not_measurable": {"fill": "surface", "stroke": "common"},
        "measurable": {"fill": "improvement", "stroke": "improvement"},
        "not_assessable": {"fill": "surface", "stroke": "common", "stroke_dasharray": "3,2"},
    }
    for row in data["rows"][:3]:
        ends = [pytest.approx(zero + row[key] * per_point, abs=0.2) for key in ("low", "high")]
        assert [ends[0], ends[1]] in [[box[0], box[2]] for box in boxes(svg, **looks[row["finding"]])]
    naive = sorted(shown(svg, "path", fill="surface", stroke="ink"), key=lambda mark: mark.y)
    assert [mark.x for mark in naive] == [pytest.approx(zero + r["naive"] * per_point, abs=0.2) for r in data["rows"]]
    assert len(bands) == 3


# ---------- agreement
def test_pairs_lines_and_the_interval_of_the_bias_stand_on_one_scale() -> None:
    svg, data = picture("agreement"), example("agreement")
    pairs = shown(svg, "path", stroke="actual")
    lines = [rules(svg, stroke="limit")[0][1], rules(svg, stroke="limit")[1][1]]
    per_point = (max(lines) - min(lines)) / (data["limit_high"] - data["limit_low"])
    zero = min(lines) + data["limit_high"] * per_point
    assert [zero - pair.y for pair in pairs] == [
        pytest.approx(pair["difference"] * per_point, abs=0.2) for pair in data["pairs"]
    ]
    assert zero - rules(svg, stroke="centre")[0][1] == pytest.approx(data["bias"] * per_point, abs=0.2)
    _, top, _, bottom = boxes(svg, fill="interval-fill")[0]
    assert (zero - top) / per_point == pytest.approx(data["bias_high"], abs=0.02)
    assert (zero - bottom) / per_point == pytest.approx(data["bias_low"], abs=0.02)
    assert {"−1.8", "−9.6", "+6.0"} <= set(texts(svg))


# ---------- hovering
def test_bars_count_days_and_the_line_runs_through_the_expectation() -> None:
    svg, data = picture("hovering"), example("hovering")
    bars = boxes(svg, fill="interval-fill")
    heights = [abs(bar[3] - bar[1]) for bar in bars]
    days = [each["days"] for each in data["bins"]]
    assert heights == [pytest.approx(count * max(heights) / max(days), abs=0.2) for count in days]
    line = shown(svg, "path", stroke="ink")[0]
    start = [float(part) for part in line.get("d")[1:].split("C")[0].split(",")]
    foot = max(bar[3] for bar in bars) - line.y
    assert foot - start[1] == pytest.approx(data["bins"][0]["expected"] * max(heights) / max(days), abs=0.2)
    assert rules(svg, stroke="target")[0][0] == pytest.approx(bars[6][0], abs=0.2)
    window = boxes(svg, fill="band")[0]
    assert width(window) == pytest.approx(2 * width(bars[0]), abs=0.3)


# ---------- decay
def test_every_programme_shows_its_effects_on_the_scale_all_share() -> None:
    svg, data = picture("decay"), example("decay")
    points = shown(svg, "path", fill="actual")
    values = [p["value"] for programme in data["programmes"] for p in programme["points"] if p["value"] is not None]
    zeros = [line[1] for line in rules(svg, stroke="centre")]
    owners = [
        number for number, p in enumerate(data["programmes"]) for each in p["points"] if each["value"] is not None
    ]
    rises = [zeros[owner] - point.y for owner, point in zip(owners, points, strict=True)]
    per_point = rises[0] / values[0]
    assert rises == [pytest.approx(value * per_point, abs=0.3) for value in values]
    lengths = [line[3] - line[1] for line in rules(svg, stroke="interval")]
    halves = [
        p["high"] - p["low"] for programme in data["programmes"] for p in programme["points"] if p["low"] is not None
    ]
    assert lengths == [pytest.approx(half * per_point, abs=0.3) for half in halves]
    assert len({zeros[0], zeros[1]}) == 1


def test_days_stand_from_left_to_right_below_every_programme() -> None:
    svg = picture("decay")
    labels = [each for each in shown(svg, "text") if each.text in {"30", "60", "90"}]
    assert [each.text for each in labels] == ["30", "60", "90"] * 4
    assert all(
        first.x < second.x for panel in range(4) for first, second in pairwise(labels[3 * panel : 3 * panel + 3])
    )


# ---------- skill profile
def test_skills_stand_at_their_values_marked_by_how_they_lie_against_the_centre() -> None:
    svg, data = picture("skill_profile"), example("skill_profile")
    marks = {
        "above_centre": shown(svg, "path", fill="improvement"),
        "below_centre": shown(svg, "path", fill="concern"),
        "too_close_to_call": shown(svg, "path", fill="common"),
        "too_few": shown(svg, "path", fill="surface", stroke="common"),
    }
    measured = [row for row in data["rows"] if row["value"] is not None]
    for against, found in marks.items():
        assert len(found) == sum(row["against"] == against for row in measured)
    by_height = sorted((mark for found in marks.values() for mark in found), key=lambda mark: mark.y)
    per_point = (by_height[0].x - by_height[-1].x) / (measured[0]["value"] - measured[-1]["value"])
    for mark, row in zip(by_height, measured, strict=True):
        assert mark.x - by_height[-1].x == pytest.approx((row["value"] - measured[-1]["value"]) * per_point, abs=0.2)
    ticks = sorted(boxes(svg, fill="centre"), key=lambda box: box[1])
    assert len(ticks) == len(data["rows"])
    assert (ticks[0][0] + ticks[0][2]) / 2 - by_height[-1].x == pytest.approx((84 - 70) * per_point, abs=0.2)


# ---------- weights
def test_contributions_and_what_is_missing_to_the_target_are_as_long_as_their_points() -> None:
    svg, data = picture("weights"), example("weights")
    full = sorted(boxes(svg, fill="band"), key=lambda box: box[1])
    per_point = width(full[0]) / data["rows"][0]["full"]
    assert [width(box) for box in full] == [pytest.approx(row["full"] * per_point, abs=0.2) for row in data["rows"]]
    bars = sorted(boxes(svg, fill="actual"), key=lambda box: box[1])
    assert [width(box) for box in bars] == [pytest.approx(row["value"] * per_point, abs=0.2) for row in data["rows"]]
    missing = sorted(boxes(svg, fill="surface", stroke="common"), key=lambda box: box[1])
    short = [row["target"] - row["value"] for row in data["rows"] if row["value"] < row["target"]]
    assert [width(box) for box in missing] == [pytest.approx(points * per_point, abs=0.2) for points in short]
    ticks = sorted(boxes(svg, fill="target"), key=lambda box: box[1])
    assert [(box[0] + box[2]) / 2 - bars[0][0] for box in ticks] == [
        pytest.approx(row["target"] * per_point, abs=0.2) for row in data["rows"]
    ]
    assert {"74.3 / 100", "17.6 / 25"} <= set(texts(svg))


def test_without_the_whole_score_the_scale_ends_at_the_heaviest_kpi() -> None:
    data = example("weights")
    data["rows"] = data["rows"][1:]
    assert "100" not in texts(drawn("weights", data))
    assert "100" in texts(picture("weights"))
