"""What every chart keeps to: EXAMPLE, a picture fit for a page, round axes. Marks at values: test_charts_marks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
import vl_convert

from pipelines.charts import ChartRequest, _render, chart_modules
from pipelines.charts._axis import axis, dates, spread
from pipelines.charts._svg import tidy
from pipelines.charts.palette import palette
from tests.unit.chart_pictures import drawn, example, picture, shown, texts

CHARTS = sorted(chart_modules())
HOSTILE = "<script>alert(\"x\")</script> & 'y'"


# ---------- every chart
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
    assert not shown(svg, "script")
    assert any(text.startswith("<script>al") for text in texts(svg))


# ---------- axes and labels
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
