"""Calendar and alluvial: cells and bands stand where days and people are. What all charts keep to: test_charts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipelines.charts import _lanes, alluvial, calendar
from tests.unit.chart_pictures import collisions, drawn, example, picture, strays, texts

LOOKS = ("whole", "most", "some", "part", "leave", "out")


def cells(svg: str, colour: str) -> list[tuple[float, ...]]:
    """Left, top, width and height of every rectangle that wears a fill."""
    found = re.findall(rf'd="M(-?[\d.]+),(-?[\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+Z" fill="var\(--fw-{colour}\)"', svg)
    return [tuple(float(part) for part in cell) for cell in found]


def calendar_of(*looks: str) -> dict[str, Any]:
    """One day per look, in one week after the other."""
    days = [{"week": week, "weekday": 0, "look": look, "text": ""} for week, look in enumerate(looks)]
    return {"weeks": example("calendar")["weeks"], "days": days}


# ---------- calendar
def test_a_day_stands_in_the_column_of_its_week_and_the_row_of_its_weekday() -> None:
    data = example("calendar")
    data["days"] = [
        {"week": 0, "weekday": 0, "look": "whole", "text": ""},
        {"week": 2, "weekday": 0, "look": "whole", "text": ""},
        {"week": 2, "weekday": 6, "look": "whole", "text": ""},
    ]
    first, later, sunday = cells(drawn("calendar", data), "count-many")
    assert later[0] - first[0] == pytest.approx(2 * (_lanes.PLOT - calendar.LEFT) / 13, abs=0.2)
    assert (later[1], sunday[0]) == (first[1], later[0])
    assert sunday[1] - later[1] == 6 * calendar.STEP


def test_every_look_differs_without_colour_or_has_a_text_beside_it() -> None:
    svg = drawn("calendar", calendar_of(*LOOKS))
    heights = [cell[3] for colour in ("count-many", "count-some", "count-few") for cell in cells(svg, colour)]
    assert sorted(heights)[0] < sorted(heights)[1]
    assert len(re.findall(r"stroke-dasharray", svg)) == 1
    assert svg.count('stroke="var(--fw-axis)"') == 1


def test_texts_of_days_and_the_mondays_of_weeks_are_shown() -> None:
    found = texts(picture("calendar"))
    assert {"71", "84", "92", "01-05", "03-30", "Mon 一", "Sun 日"} <= set(found)


def test_a_day_outside_of_the_weeks_is_refused() -> None:
    data = calendar_of("whole")
    data["days"][0]["week"] = 13
    with pytest.raises(ValueError, match="outside"):
        calendar.draw(data)  # type: ignore[arg-type]


def test_a_calendar_without_days_or_weeks_is_still_a_picture() -> None:
    empty: dict[str, Any] = {"weeks": [], "days": []}
    for data in (empty, calendar_of()):
        assert "Mon 一" in texts(drawn("calendar", data))


def test_the_small_calendar_draws_one_path_per_look_and_stays_small() -> None:
    svg = str(calendar.small_calendar(calendar_of(*LOOKS), "days <of> somebody"))  # type: ignore[arg-type]
    assert svg.count("<path") == len(LOOKS)
    assert 'aria-label="days &lt;of&gt; somebody"' in svg
    assert len(str(calendar.small_calendar(example("calendar"), "")).encode()) < 4_000


# ---------- alluvial
def test_no_label_covers_another_or_leaves_the_picture() -> None:
    assert not collisions(picture("alluvial"))
    assert not strays(picture("alluvial"))
    assert not strays(picture("calendar"))


def test_nodes_are_as_tall_as_their_share_and_bands_as_thick_as_their_people() -> None:
    data = example("alluvial")
    data["stages"] = [
        {"label": label, "nodes": [{"tier": "high", "count": 30, "text": ""}, {"tier": "mid", "count": 60, "text": ""}]}
        for label in ("a", "b")
    ]
    data["flows"] = [{"stage": 0, "source": "high", "target": "mid", "count": 15, "text": "15"}]
    svg = drawn("alluvial", data)
    high = [cell[3] for cell in cells(svg, "tier-high")]
    mid = [cell[3] for cell in cells(svg, "tier-mid")]
    assert mid[0] == pytest.approx(2 * high[0], abs=0.3)
    assert "15" in texts(svg)


def test_a_band_leaves_and_arrives_where_its_nodes_stand() -> None:
    places = alluvial._places(example("alluvial")["stages"])
    scale = alluvial._scale(example("alluvial")["stages"])
    for band, _ in alluvial._bands(example("alluvial")["flows"], places, scale):
        source = places[0, band["tier"]]
        points = list(alluvial._curve(0, band))
        assert source.top - 0.1 <= points[0]["top"] <= points[0]["bottom"] <= source.bottom + 0.1
        assert any(
            place.top - 0.1 <= points[-1]["top"] and points[-1]["bottom"] <= place.bottom + 0.1
            for (stage, _), place in places.items()
            if stage == 1
        )


def test_rounded_flows_that_are_more_than_their_node_are_drawn_thinner_to_fit() -> None:
    """27 people of whom 15 and 15 are told: both bands take half of the node, the numbers stay."""
    data = example("alluvial")
    data["stages"] = [
        {"label": "a", "nodes": [{"tier": "high", "count": 27, "text": ""}]},
        {"label": "b", "nodes": [{"tier": tier, "count": 40, "text": ""} for tier in ("high", "mid")]},
    ]
    data["flows"] = [
        {"stage": 0, "source": "high", "target": tier, "count": 15, "text": "15"} for tier in ("high", "mid")
    ]
    places, scale = alluvial._places(data["stages"]), alluvial._scale(data["stages"])
    thick = [band["thick"] for band, _ in alluvial._bands(data["flows"], places, scale)]
    assert thick == pytest.approx([13.5 * scale] * 2, abs=0.1)
    assert texts(drawn("alluvial", data)).count("15") == 2


def test_a_flow_without_a_node_is_refused() -> None:
    data = example("alluvial")
    data["flows"][0]["target"] = "unheard of"
    with pytest.raises(ValueError, match="no node"):
        alluvial.draw(data)


def test_an_alluvial_of_nobody_or_of_thin_nodes_is_still_a_picture() -> None:
    assert drawn("alluvial", {"stages": [], "flows": []})
    thin = [{"tier": tier, "count": count, "text": f"{tier} {count}"} for tier, count in
            (("high", 1), ("mid", 900), ("low", 1), ("other", 1))]  # fmt: skip
    svg = drawn("alluvial", {"stages": [{"label": "2026-01", "nodes": thin}] * 3, "flows": []})
    assert not collisions(svg)
    assert not strays(svg)
