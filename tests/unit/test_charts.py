"""Large charts: every EXAMPLE renders, shows its own data, and is fit to stand inside a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert

from pipelines.charts import ChartRequest, _render, chart_modules
from pipelines.charts._axis import axis, dates, spread
from pipelines.charts._standing import OF_VERDICT, of_position
from pipelines.charts._svg import tidy
from pipelines.charts.palette import palette

CHARTS = sorted(chart_modules())
HOSTILE = "<script>alert(\"x\")</script> & 'y'"


def example(chart: str) -> dict[str, Any]:
    return deepcopy(dict(chart_modules()[chart].EXAMPLE))


def drawn(chart: str, data: Mapping[str, object]) -> str:
    request = ChartRequest(chart, data)
    return next(iter(_render.draw_all({request.digest: request}, 1)))[1]


@cache
def picture(chart: str) -> str:
    return drawn(chart, example(chart))


def elements(svg: str, name: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    return [each for each in root.iter() if each.tag.rpartition("}")[2] == name]


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in elements(svg, "text")]


def wearing(svg: str, name: str, attribute: str, colour: str) -> list[ElementTree.Element]:
    return [each for each in elements(svg, name) if each.get(attribute) == f"var(--fw-{colour})"]


def place(element: ElementTree.Element) -> tuple[float, float]:
    found = re.fullmatch(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "translate(0,0)"))
    assert found is not None
    return float(found[1]), float(found[2])


def test_the_charts_of_the_first_release_are_found_by_file_name() -> None:
    assert {"bullets", "distribution", "dot_interval", "funnel", "xmr"} <= set(CHARTS)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_says_which_question_it_answers_in_one_sentence(chart: str) -> None:
    module = chart_modules()[chart]
    assert module.QUESTION.endswith("?")
    assert module.QUESTION.count("?") == 1
    assert module.Data.__doc__


@pytest.mark.parametrize("chart", CHARTS)
def test_every_example_has_exactly_the_documented_keys(chart: str) -> None:
    module = chart_modules()[chart]
    assert set(module.EXAMPLE) == set(module.Data.__annotations__)


@pytest.mark.parametrize("chart", CHARTS)
def test_splicing_into_the_compiled_chart_draws_what_vega_lite_draws(chart: str) -> None:
    request = ChartRequest(chart, example(chart))
    whole = tidy(vl_convert.vegalite_to_svg(request.specification(), vl_version=_render.VEGALITE), request.digest)
    assert picture(chart) == whole


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_names_no_colour_but_those_of_the_palette(chart: str) -> None:
    known = {"none", "transparent"} | {colour.variable for colour in palette().values()}
    worn = set(re.findall(r'(?:fill|stroke|color)="([^"]*)"', picture(chart)))
    assert worn <= known
    assert len(worn) > 3


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_brings_no_script_link_style_or_english_description(chart: str) -> None:
    svg = picture(chart)
    assert not re.search(r"<(script|a|style|title|desc|image|foreignObject|use)\b", svg)
    assert not re.search(r'\b(href|style|on\w+|aria-label|aria-roledescription|font-family)="', svg)
    assert svg.count("<svg") == 1
    assert 'aria-hidden="true"' in svg
    assert 'width="100%"' in svg
    assert not re.search(r"<svg[^>]* height=", svg)


@pytest.mark.parametrize("chart", CHARTS)
def test_no_coordinate_has_more_than_one_decimal(chart: str) -> None:
    drawn_by = re.findall(r' (?:d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"', picture(chart))
    assert not [value for value in drawn_by if re.search(r"\.\d\d", value)]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_is_small(chart: str) -> None:
    assert len(picture(chart).encode()) < 14_000


def test_ids_of_two_pictures_never_collide_in_one_page() -> None:
    clipped = (
        '<svg viewBox="0 0 9 9"><defs><clipPath id="clip0"><rect width="9" height="9" fill="red"/></clipPath></defs>'
    )
    clipped += '<g clip-path="url(#clip0)"><path d="M0,0h1" stroke="red"/></g></svg>'
    clipped = clipped.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    page = tidy(clipped, "first") + tidy(clipped, "second")
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) == 2
    assert set(re.findall(r"url\(#([^)]*)\)", page)) == set(ids)


def test_an_element_no_chart_should_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="script"):
        tidy('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "d")


def test_xmr_places_every_point_at_its_value() -> None:
    data, svg = example("xmr"), picture("xmr")
    points = [
        place(each) for colour in ("common", "concern", "improvement") for each in wearing(svg, "path", "fill", colour)
    ]
    points.sort()
    vertical = axis([0.655, 0.792], "share")
    assert len(points) == len(data["points"])
    assert [y for _, y in points] == [
        pytest.approx(230 - vertical.position(point["value"], 230), abs=0.06) for point in data["points"]
    ]


def test_xmr_gives_every_finding_its_own_shape_and_colour() -> None:
    data = example("xmr")
    findings = (
        "special_cause_improvement", "special_cause_concern", "special_cause_neutral", "common_cause", "too_few_points",
    )  # fmt: skip
    for point, finding in zip(data["points"], findings, strict=False):
        point["finding"] = finding
    data["points"] = data["points"][:5]
    data["events"] = []
    svg = drawn("xmr", data)
    shapes = {
        colour: [each.get("d") for each in wearing(svg, "path", "fill", colour) if each.get("stroke")]
        for colour in ("improvement", "concern", "neutral", "common", "surface")
    }
    assert [len(found) for found in shapes.values()] == [1, 1, 1, 1, 1]
    assert len({found[0] for colour, found in shapes.items() if colour != "surface"}) == 4
    ring = next(each for each in wearing(svg, "path", "fill", "surface") if each.get("stroke") == "var(--fw-common)")
    assert ring.get("d") == shapes["common"][0]


def test_xmr_shows_the_texts_of_its_lines_and_the_numbers_of_its_events() -> None:
    shown = texts(picture("xmr"))
    assert {"72.4%", "67.4%", "77.3%", "75.0%"} <= set(shown)
    assert [text for text in shown if text in {"1", "2", "3"}] == ["1", "2", "3"]
    assert {"65%", "70%", "75%", "80%"} <= set(shown)
    assert "07-072025" in shown


def test_xmr_dots_its_limits_while_the_baseline_is_a_trial() -> None:
    firm = picture("xmr")
    trial = drawn("xmr", example("xmr") | {"is_trial": True})
    assert len([each for each in elements(firm, "path") if each.get("stroke-dasharray") == "5,3"]) == 2
    assert len([each for each in elements(trial, "path") if each.get("stroke-dasharray") == "1,4"]) == 2


def test_xmr_leaves_out_a_target_that_does_not_exist() -> None:
    data = example("xmr") | {"target": None}
    data["texts"]["target"] = ""
    assert not [each for each in elements(drawn("xmr", data), "line") if each.get("stroke-dasharray") == "12,4"]


def test_dot_interval_places_dots_on_the_scale_and_marks_them_by_verdict() -> None:
    data, svg = example("dot_interval"), picture("dot_interval")
    marks = {
        "improvement": wearing(svg, "path", "fill", "improvement"),
        "concern": wearing(svg, "path", "fill", "concern"),
        "common": wearing(svg, "path", "fill", "common"),
        "unknown": wearing(svg, "path", "fill", "surface"),
    }
    expected: list[str] = [OF_VERDICT[row["verdict"]] for row in data["rows"] if row["value"] is not None]
    assert {name: len(found) for name, found in marks.items()} == {name: expected.count(name) for name in marks}
    found = sorted(place(each) for group in marks.values() for each in group)
    values = sorted(row["value"] for row in data["rows"] if row["value"] is not None)
    pixels_per_unit = (found[-1][0] - found[0][0]) / (values[-1] - values[0])
    for (x, _), value in zip(found, values, strict=True):
        assert x - found[0][0] == pytest.approx((value - values[0]) * pixels_per_unit, abs=0.11)


def test_dot_interval_keeps_the_rows_in_the_order_given() -> None:
    data, svg = example("dot_interval"), picture("dot_interval")
    labels = [row["label"] for row in data["rows"]]
    heights = {"".join(each.itertext()): place(each)[1] for each in elements(svg, "text")}
    assert [heights[label] for label in labels] == sorted(heights[label] for label in labels)


def test_bullet_bars_are_as_long_as_their_values() -> None:
    data, svg = example("bullets"), picture("bullets")
    bars = wearing(svg, "path", "fill", "actual")
    lengths = [float(re.findall(r"h(-?[\d.]+)", bar.get("d", ""))[0]) for bar in bars]
    values = [row["value"] for row in data["rows"] if row["value"] is not None]
    assert len(lengths) == len(values)
    for length, value in zip(lengths, values, strict=True):
        assert length / lengths[0] == pytest.approx(value / values[0], abs=0.002)
    assert len(wearing(svg, "path", "fill", "target")) == len(data["rows"])
    assert {"4:52", "5:08", "5:41", "6:55", "夜班一组"} <= set(texts(svg))


def test_funnel_names_points_outside_the_limits_and_only_those() -> None:
    data, shown = example("funnel"), set(texts(picture("funnel")))
    outside = {point["label"] for point in data["points"] if point["position"].endswith("998")}
    inside = {point["label"] for point in data["points"]} - outside
    assert outside <= shown
    assert not inside & shown


def test_funnel_names_nobody_whose_label_is_empty() -> None:
    data = example("funnel")
    for point in data["points"]:
        point["label"] = ""
    assert not [text for text in texts(drawn("funnel", data)) if re.search("[A-Za-z一-鿿]", text)]


@pytest.mark.parametrize(
    ("position", "better", "standing"),
    [
        ("above_998", "higher", "improvement"),
        ("above_95", "lower", "common"),
        ("below_95", "lower", "common"),
        ("below_998", "higher", "concern"),
        ("below_998", "neutral", "neutral"),
        ("inside", "lower", "common"),
        ("too_few", "higher", "unknown"),
    ],
)
def test_beyond_the_outer_line_means_what_the_kpi_says_is_better_and_between_the_lines_nothing(
    position: Any, better: Any, standing: str
) -> None:
    assert of_position(position, better) == standing


def test_distribution_bars_are_as_tall_as_their_counts() -> None:
    data, svg = example("distribution"), picture("distribution")
    bars = wearing(svg, "path", "fill", "interval-fill")
    heights = [abs(float(re.findall(r"v(-?[\d.]+)", bar.get("d", ""))[0])) for bar in bars]
    counts = [each["entities"] for each in data["bins"]]
    for height, count in zip(heights, counts, strict=True):
        assert height / max(heights) == pytest.approx(count / max(counts), abs=0.005)
    assert {"4:48", "5:00"} <= set(texts(svg))


@pytest.mark.parametrize(
    ("chart", "path"),
    [
        ("bullets", ("rows", 0, "label")),
        ("bullets", ("rows", 0, "text")),
        ("dot_interval", ("rows", 0, "label")),
        ("dot_interval", ("target_text",)),
        ("funnel", ("centre_text",)),
        ("distribution", ("target_text",)),
        ("xmr", ("texts", "target")),
        ("xmr", ("events", 0, "text")),
    ],
)
def test_hostile_text_from_the_data_stays_text(chart: str, path: tuple[str | int, ...]) -> None:
    data = example(chart)
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = HOSTILE
    svg = drawn(chart, data)
    assert not elements(svg, "script")
    assert any(text.startswith("<script>al") for text in texts(svg))


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([0.62, 0.79], "share", ("60%", "65%", "70%", "75%", "80%")),
        ([0.991, 1.0], "share", ("99.0%", "99.2%", "99.4%", "99.6%", "99.8%", "100.0%")),
        ([3.0, 44.0], "seconds", ("0 s", "10 s", "20 s", "30 s", "40 s", "50 s")),
        ([250.0, 395.0], "seconds", ("4:00", "4:30", "5:00", "5:30", "6:00", "6:30", "7:00")),
        ([0.0, 30000.0], "seconds", ("0 h", "2 h", "4 h", "6 h", "8 h", "10 h")),
        ([3.1, 4.4], "points", ("3.0", "3.5", "4.0", "4.5")),
        ([0.0, 3.0], "contacts", ("0", "1", "2", "3")),
        ([9100.0, 12000.0], "contacts", ("9,000", "10,000", "11,000", "12,000")),
    ],
)
def test_ticks_are_round_in_the_unit_and_hold_every_value(
    values: list[float], unit: Any, expected: tuple[str, ...]
) -> None:
    found = axis(values, unit)
    assert found.texts == expected
    assert found.low <= min(values) <= max(values) <= found.high


def test_an_axis_of_days_is_divided_into_whole_hours() -> None:
    drawn = axis([18.0, 205_000_000.0], "seconds")
    assert all(tick % 3600 == 0 for tick in drawn.ticks)
    assert all(text.endswith(" h") for text in drawn.texts)


def test_an_axis_of_equal_values_still_has_an_extent() -> None:
    for unit in ("share", "seconds", "points", "contacts"):
        assert axis([0.0, 0.0], unit).high > axis([0.0, 0.0], unit).low
        assert axis([4.2, 4.2], unit).high > 4.2 > axis([4.2, 4.2], unit).low


def test_a_year_stands_below_the_first_date_and_where_it_changes() -> None:
    starts = ["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05"]
    assert [text for _, text in dates(starts)] == ["12-15\n2025", "12-22", "12-29", "01-05\n2026"]


def test_labels_pushed_apart_keep_their_distance_and_stay_inside() -> None:
    placed = spread([50, 51, 199, 200, 2], 15, 0, 200)
    ordered = sorted(placed)
    assert all(second - first >= 15 for first, second in pairwise(ordered))
    assert ordered[0] >= 0
    assert ordered[-1] <= 200
