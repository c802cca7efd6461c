"""The strip plot: marks stand where values say, better is on the right, and ticks tell nothing of anybody."""

from __future__ import annotations

import re
from copy import deepcopy
from time import perf_counter
from xml.etree import ElementTree

import pytest

from pipelines.charts import direct_modules, small, strip
from pipelines.charts._axis import axis
from pipelines.settings import PROJECT

CSS = (PROJECT / "site_templates" / "theme" / "assets" / "charts.css").read_text(encoding="utf-8")
HOSTILE = '"><script>alert(1)</script>'


def example() -> strip.Data:
    return deepcopy(strip.EXAMPLE)


def own(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'class="fw-own" d="M([\d.]+),', svg)]


def ticks(svg: str) -> list[list[int]]:
    return [[int(x) for x in re.findall(r"M(\d+),", path)] for path in re.findall(r'class="fw-peer" d="([^"]*)"', svg)]


def test_the_own_mark_the_middle_half_and_the_ticks_stand_at_their_values() -> None:
    svg, row = strip.picture(example()), example()["rows"][0]
    scale, length = axis([row["value"], row["low"], row["high"], *row["peers"]], "points"), strip.WIDTH - 2 * strip.EDGE
    assert own(svg)[0] == pytest.approx(strip.EDGE + scale.position(row["value"], length), abs=0.1)
    left, width = map(float, re.search(r'fw-middle" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg).groups())  # type: ignore[union-attr]
    assert left == pytest.approx(strip.EDGE + scale.position(row["low"], length), abs=0.1)
    assert left + width == pytest.approx(strip.EDGE + scale.position(row["high"], length), abs=0.2)
    assert ticks(svg)[0] == sorted({round(strip.EDGE + scale.position(peer, length)) for peer in row["peers"]})


def test_further_right_is_better_whichever_way_a_measure_runs() -> None:
    data = example()
    higher, lower = data["rows"][0], deepcopy(data["rows"][0])
    lower["better"] = "lower"
    one, other = own(strip.picture({"rows": [higher, lower]}))
    assert one + other == pytest.approx(strip.WIDTH, abs=0.2)
    ends = re.findall(r'class="fw-end[^"]*"[^>]*>([^<]*)<', strip.picture(example()))
    assert ends == ["70", "95", "8:00", "5:00"]


def test_equal_values_are_one_tick_and_the_order_of_the_peers_decides_nothing() -> None:
    data, other = example(), example()
    data["rows"][0]["peers"] *= 20
    other["rows"][0]["peers"] = other["rows"][0]["peers"][::-1]
    assert strip.picture(data) == strip.picture(example()) == strip.picture(other)
    assert all(len(found) <= strip.WIDTH for found in ticks(strip.picture(data)))


def test_the_text_of_the_own_value_stays_inside_the_picture() -> None:
    data = example()
    for value in (0.0, 100.0):
        data["rows"][0] |= {"value": value, "text": "100 min 12 s"}
        place = re.search(r'fw-own-text" x="([\d.]+)"', strip.picture(data))
        assert place
        assert 40 < float(place[1]) < strip.WIDTH - 40


def test_everybody_equal_still_makes_a_picture() -> None:
    row: strip.Row = {**example()["rows"][0], "value": 80.0, "low": 80.0, "high": 80.0, "peers": [80.0] * 9}
    svg = strip.picture({"rows": [row]})
    assert not [word for word in ("nan", "None", "inf") if word in svg]
    assert len(ticks(svg)[0]) == 1


def test_texts_are_escaped_and_every_mark_of_the_key_has_its_look_in_the_style_sheet() -> None:
    data = example()
    data["rows"][0] |= {"label": HOSTILE, "text": HOSTILE}
    svg = strip.picture(data, HOSTILE)
    ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    assert "<script" not in svg
    marks = "".join(small.key_mark(name) for name in strip.KEY)
    for name in {each for found in re.findall(r'class="([^"]*)"', svg + marks) for each in found.split()}:
        assert f".{name}" in CSS


def test_a_hundred_pictures_of_a_large_group_take_a_moment_and_few_bytes() -> None:
    data = example()
    for row in data["rows"]:
        row["peers"] = [row["low"] + number / 9 for number in range(900)]
    begun = perf_counter()
    sizes = [len(strip.picture(data)) for _ in range(100)]
    assert perf_counter() - begun < 2
    assert max(sizes) < 12_000


def test_the_gallery_finds_the_module_by_its_name() -> None:
    assert direct_modules() == {"strip": strip}
