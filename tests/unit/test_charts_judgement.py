"""Charts of the judgement pages: what is drawn is what the data say, at the place where it belongs."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.charts import _lanes, chart_modules
from pipelines.charts import _quadrant_layers as quadrant
from pipelines.charts._axis import axis
from tests.unit.chart_pictures import (
    boxes,
    collisions,
    drawn,
    example,
    extremes,
    picture,
    rules,
    shown,
    strays,
    texts,
    width,
)  # fmt: skip

CHARTS = (
    "agreement", "decay", "effect_range", "gap_parts", "hovering", "mix_split", "quadrant", "ramp",
    "skill_profile", "tier_mix", "transition", "weights",
)  # fmt: skip
SIDE = 4


def test_the_charts_of_the_judgement_pages_are_found_by_file_name() -> None:
    assert set(CHARTS) <= set(chart_modules())
    assert "inline" not in chart_modules()


@pytest.mark.parametrize("chart", CHARTS)
def test_no_label_of_an_example_covers_another_or_leaves_the_picture(chart: str) -> None:
    svg = picture(chart)
    assert texts(svg)
    assert collisions(svg) == []
    assert strays(svg) == []


@pytest.mark.parametrize(("chart", "data"), extremes(), ids=lambda value: value if isinstance(value, str) else "")
def test_extreme_data_make_a_whole_picture_without_colliding_labels(chart: str, data: dict[str, Any]) -> None:
    svg = drawn(chart, data)
    assert not [word for word in ("NaN", "undefined", "null", "Infinity") if word in svg]
    assert collisions(svg) == []
    assert strays(svg) == []


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_data_give_the_same_bytes(chart: str) -> None:
    assert drawn(chart, example(chart)) == picture(chart)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_judgement_chart_is_narrow_enough_for_a_phone(chart: str) -> None:
    assert 'class="fw-chart fw-w384"' in picture(chart)


# ---------- tier mix
def test_tier_parts_are_as_wide_as_their_share_of_the_group() -> None:
    svg, data = picture("tier_mix"), example("tier_mix")
    for tier, colour in (("high", "tier-high"), ("mid", "tier-mid"), ("low", "tier-low")):
        expected = []
        for row in data["rows"]:
            total = sum(part["count"] for part in row["parts"])
            expected += [part["count"] / total for part in row["parts"] if part["tier"] == tier and part["count"]]
        found = [width(box) for box in boxes(svg, fill=colour)]
        assert len(found) == len(expected)
        assert found == [pytest.approx(share * _lanes.PLOT, abs=2.2) for share in expected]


def test_tier_parts_stand_in_one_order_whatever_order_they_come_in() -> None:
    data = example("tier_mix")
    for row in data["rows"]:
        row["parts"].reverse()
    assert boxes(drawn("tier_mix", data), stroke="tier-edge") == boxes(picture("tier_mix"), stroke="tier-edge")
    lefts = [boxes(picture("tier_mix"), fill=colour)[0][0] for colour in ("tier-high", "tier-mid", "tier-low")]
    assert lefts == sorted(lefts)


def test_every_tier_differs_from_the_others_without_colour() -> None:
    row = {"label": "x", "text": "", "parts": [{"tier": tier, "count": 20, "texts": []} for tier in TIERS]}
    svg = drawn("tier_mix", {"rows": [row]})
    dashes = [each.get("stroke-dasharray") for each in shown(svg, "path", stroke="tier-edge") if "Z" in each.get("d")]
    assert dashes == ["", "", "", "5,3", "", "1,3"]
    hatches = [each.get("d") for each in shown(svg, "path", stroke="tier-edge") if "Z" not in each.get("d")]
    low, new_starter = boxes(svg, fill="tier-low")[0], boxes(svg, stroke="tier-edge", fill="surface")[-1]
    assert len(hatches) == 2
    for hatch, (left, top, right, bottom) in zip(hatches, (low, new_starter), strict=True):
        points = [tuple(map(float, point.split(","))) for point in hatch.removeprefix("M").split("L")]
        assert all(left <= x + SIDE <= right and top <= y + 2 <= bottom for x, y in points)


TIERS = ("high", "mid", "low", "not_enough_evidence", "new_starter", "hidden")


def test_a_tier_part_shows_the_widest_text_that_fits_and_the_group_its_size() -> None:
    shown_texts = texts(picture("tier_mix"))
    assert {"H 46", "M 88", "L 21", "17", "n = 184", "n = 14"} <= set(shown_texts)
    few: dict[str, Any] = {"tier": "high", "count": 4, "texts": ["high 4", "4"]}
    narrow = {"label": "x", "text": "", "parts": [few, {"tier": "mid", "count": 96, "texts": ["96"]}]}
    assert texts(drawn("tier_mix", {"rows": [narrow]})) == ["4", "96", "x"]
    few["count"] = 1
    assert "4" not in texts(drawn("tier_mix", {"rows": [narrow]}))


# ---------- transition
def test_a_transition_shows_every_count_in_its_row_and_column() -> None:
    svg, data = picture("transition"), example("transition")
    found = sorted(
        boxes(svg, stroke="grid") + boxes(svg, stroke="common") + boxes(svg, stroke="actual"),
        key=lambda b: (b[1], b[0]),
    )
    assert len(found) == 25
    cells = [cell for row in data["cells"] for cell in row]
    labels = [(each.text, each.x, each.y) for each in shown(svg, "text")]
    for (left, top, right, bottom), cell in zip(found, cells, strict=True):
        assert [text for text, x, y in labels if left < x < right and top < y < bottom] == [cell["text"]]


def test_a_withheld_count_is_dashed_and_a_stay_is_outlined() -> None:
    svg, data = picture("transition"), example("transition")
    cells = [cell for row in data["cells"] for cell in row]
    dashed = shown(svg, "path", stroke="common", stroke_dasharray="3,3")
    assert len(dashed) == sum(cell["count"] is None for cell in cells) == texts(svg).count("<5")
    assert len(shown(svg, "path", stroke="actual", stroke_width="2")) == sum(cell["is_stay"] for cell in cells)


def test_fuller_cells_are_darker() -> None:
    svg = picture("transition")
    many = boxes(svg, fill="count-many")
    inside = [
        int(each.text)
        for each in shown(svg, "text")
        for box in many
        if box[0] < each.x < box[2] and box[1] < each.y < box[3]
    ]
    assert sorted(inside) == [38, 71]


def test_a_transition_whose_cells_do_not_fill_it_is_refused() -> None:
    data = example("transition")
    data["cells"].pop()
    with pytest.raises(ValueError, match="do not fill"):
        drawn("transition", data)


# ---------- quadrant
def test_people_stand_at_their_scores_with_their_intervals() -> None:
    svg, data = picture("quadrant"), example("quadrant")
    across, up = axis([60, 100], "points"), axis([20, 100], "points")
    left, top = quadrant.PADDING["left"], quadrant.PADDING["top"]

    def place(point: dict[str, float], x: str = "x", y: str = "y") -> tuple[Any, Any]:
        return (
            pytest.approx(left + across.position(min(point[x], 100), quadrant.PLOT), abs=0.1),
            pytest.approx(top + quadrant.HEIGHT - up.position(point[y], quadrant.HEIGHT), abs=0.1),
        )

    marks = [*shown(svg, "path", fill="common"), *shown(svg, "path", fill="surface", stroke="common")]
    others = [point for point in data["points"] if not point["is_highlighted"]]
    assert sorted((mark.x, mark.y) for mark in marks) == [
        place(point) for point in sorted(others, key=lambda p: p["x"])
    ]
    crosses = [line for line in rules(svg, stroke="interval") if line[1] == line[3]]
    for point in data["points"]:
        ends = (*place(point, "x_low"), *place(point, "x_high"))
        assert any(line == ends for line in crosses), point


def test_someone_between_quadrants_is_hollow_and_the_highlighted_one_stands_out() -> None:
    svg, data = picture("quadrant"), example("quadrant")
    hollow = shown(svg, "path", fill="surface", stroke="common")
    assert len(hollow) == sum(point["is_between"] for point in data["points"])
    assert len(shown(svg, "path", fill="actual")) == 1
    assert [each.text for each in shown(svg, "text", font_weight="bold")] == ["A-047"]


def test_a_trail_leads_from_the_place_of_the_quarter_before_to_the_mark_and_nobody_without_one_has_it() -> None:
    svg, data = picture("quadrant"), example("quadrant")
    across, up = axis([60, 100], "points"), axis([20, 100], "points")
    left, bottom = quadrant.PADDING["left"], quadrant.PADDING["top"] + quadrant.HEIGHT
    trails = rules(svg, stroke="previous")
    known = [point for point in data["points"] if point["x_before"] is not None]
    assert len(trails) == len(known) == 7
    for point in known:
        x = sorted(left + across.position(point[key], quadrant.PLOT) for key in ("x_before", "x"))
        y = sorted(bottom - up.position(point[key], quadrant.HEIGHT) for key in ("y_before", "y"))
        wanted = pytest.approx((x[0], y[0], x[1], y[1]), abs=0.2)
        assert any(line == wanted for line in trails), point


def test_a_quadrant_of_counts_carries_nobodys_place() -> None:
    cells = [
        {"x_low": 20.0 * x, "x_high": 20.0 * x + 20, "y_low": 20.0 * y, "y_high": 20.0 * y + 20,
         "count": None if x == y else 6 + x, "text": "<5" if x == y else str(6 + x)}
        for x in range(5) for y in range(5)
    ]  # fmt: skip
    svg = drawn("quadrant", example("quadrant") | {"points": [], "bins": cells})
    assert not [*shown(svg, "path", fill="common"), *shown(svg, "path", fill="actual")]
    assert texts(svg).count("<5") == len(shown(svg, "path", stroke="common", stroke_dasharray="3,3")) == 5
    assert len(boxes(svg, stroke="grid")) == 20
    assert collisions(svg) == []


def test_the_cut_lines_and_the_strips_around_them_stand_on_both_scales() -> None:
    svg = picture("quadrant")
    cuts = rules(svg, stroke="target", stroke_dasharray="12,4")
    strips = rules(svg, stroke="limit", stroke_dasharray="1,4")
    across, up = axis([60, 100], "points"), axis([20, 100], "points")
    left, bottom = quadrant.PADDING["left"], quadrant.PADDING["top"] + quadrant.HEIGHT
    upright = sorted(line[0] for line in [*cuts, *strips] if line[0] == line[2])
    level = sorted(line[1] for line in [*cuts, *strips] if line[1] == line[3])
    assert upright == [pytest.approx(left + across.position(x, quadrant.PLOT), abs=0.1) for x in (77.5, 80, 82.5)]
    assert level == [pytest.approx(bottom - up.position(y, quadrant.HEIGHT), abs=0.1) for y in (64, 60, 56)]


# ---------- gap parts
def test_parts_of_a_gap_are_as_long_as_their_values_and_each_begins_where_the_one_before_ends() -> None:
    svg, data = picture("gap_parts"), example("gap_parts")
    bars = sorted(boxes(svg, stroke="actual"), key=lambda box: box[1])
    zero = rules(svg, stroke="target")[0][0]
    values = [part["value"] for row in data["rows"] for part in row["parts"]]
    per_point = width(bars[0]) / abs(values[0])
    place = zero
    for number, (bar, value) in enumerate(zip(bars, values, strict=True)):
        place = zero if number % 3 == 0 else place
        ends = sorted((place, place + value * per_point))
        assert [bar[0], bar[2]] == [pytest.approx(end, abs=0.3) for end in ends]
        place += value * per_point


def test_rows_of_different_units_each_fill_a_scale_of_their_own_without_an_axis() -> None:
    data = example("gap_parts") | {"scale": "own"}
    for part in data["rows"][0]["parts"]:
        part["value"] *= 1000
    svg = drawn("gap_parts", data)
    bars = sorted(boxes(svg, stroke="actual"), key=lambda box: box[1])
    zero = rules(svg, stroke="target")[0][0]
    reach = [
        max(abs(end - zero) for bar in bars[3 * row : 3 * row + 3] for end in (bar[0], bar[2])) for row in range(3)
    ]
    assert reach == [pytest.approx(reach[0], abs=0.2)] * 3
    assert {"+5", "−5"} <= set(texts(picture("gap_parts")))
    assert not {"+5", "−5", "0"} & set(texts(svg))


def test_the_three_parts_of_a_gap_are_named_filled_and_written_apart() -> None:
    svg = picture("gap_parts")
    fills = [boxes(svg, stroke="actual", fill=fill) for fill in ("actual", "previous", "surface")]
    assert [len(found) for found in fills] == [3, 3, 3]
    assert {"Orchard", "Team 05", "A-031", "−5.2", "−7.3", "+4.3"} <= set(texts(svg))
