"""Large charts: marks, lines and texts stand where the values say. What all charts keep to: test_charts."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from pipelines.charts._axis import axis
from pipelines.charts._standing import OF_VERDICT, of_position
from tests.unit.chart_pictures import drawn, example, picture, texts


def elements(svg: str, name: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    return [each for each in root.iter() if each.tag.rpartition("}")[2] == name]


def wearing(svg: str, name: str, attribute: str, colour: str) -> list[ElementTree.Element]:
    return [each for each in elements(svg, name) if each.get(attribute) == f"var(--fw-{colour})"]


def place(element: ElementTree.Element) -> tuple[float, float]:
    found = re.fullmatch(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "translate(0,0)"))
    assert found is not None
    return float(found[1]), float(found[2])


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
