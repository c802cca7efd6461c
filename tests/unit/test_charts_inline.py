"""Pictures in a table cell, marks in keys, and the colours of tiers: the same look, told apart without colour."""

from __future__ import annotations

import colorsys
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from pipelines.charts import _key_marks, chart_modules, inline
from pipelines.charts.palette import MODES, contrast, palette
from pipelines.settings import PROJECT
from tests.unit.test_charts_palette import BLINDNESS, lab, linear

CSS = (PROJECT / "site_templates" / "theme" / "assets" / "charts.css").read_text(encoding="utf-8")
JUDGED = (
    "agreement", "decay", "effect_range", "gap_parts", "hovering", "mix_split", "quadrant", "ramp",
    "skill_profile", "tier_mix", "transition", "weights",
)  # fmt: skip
SHARED = {
    "value", "centre", "limit", "target", "interval", "baseline", "bin", "bar", "interval_box", "target_tick",
    "improvement", "concern", "neutral", "common", "unknown",
}  # fmt: skip
"""Names that small.key_mark draws itself."""
NEW = sorted({name for chart in JUDGED for name in chart_modules()[chart].KEY} - SHARED)
HOSTILE = '"><script>alert(1)</script>'


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def rectangles(svg: str) -> dict[str, tuple[float, float]]:
    """Left and width of every rectangle by class."""
    return {
        each.get("class", ""): (float(each.get("x", "")), float(each.get("width", "")))
        for each in parsed(svg).iter()
        if each.tag.endswith("rect")
    }


# ---------- inline
def test_a_probability_bar_gives_every_tier_its_share_from_high_to_low() -> None:
    found = rectangles(inline.probability_bar(0.25, 0.6, 0.15, "x", width=101))
    assert found == {"fw-tier-high": (0.5, 15), "fw-tier-mid": (15.5, 60), "fw-tier-low": (75.5, 25)}


def test_a_tier_that_is_out_of_the_question_takes_no_room() -> None:
    assert set(rectangles(inline.probability_bar(0, 0, 1, "x"))) == {"fw-tier-high"}


@pytest.mark.parametrize("chances", [(0.5, 0.5, 0.5), (-0.1, 0.6, 0.5), (0, 0, 0), (float("nan"), 0.5, 0.5)])
def test_what_does_not_add_up_to_one_is_refused(chances: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        inline.probability_bar(*chances, "x")


@pytest.mark.parametrize(
    ("value", "box"), [(4, (40, 40)), (-2, (20, 20)), (0, (40, 0)), (99, (40, 80)), (-99, (0, 40))]
)
def test_a_contribution_runs_from_zero_to_its_value_and_stops_at_the_scale(value: float, box: tuple[int, int]) -> None:
    svg = inline.contribution_bar(value, -4, 8, "x")
    assert rectangles(svg)["fw-bar"] == box
    assert 'class="fw-centre" d="M40,0V16"' in svg


def test_a_contribution_that_is_not_known_shows_only_the_scale() -> None:
    assert rectangles(inline.contribution_bar(None, -4, 8, "x")) == {}


@pytest.mark.parametrize("scale", [(1, 8), (-8, -1), (0, 0)])
def test_a_scale_without_zero_or_extent_is_refused(scale: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"zero|empty"):
        inline.contribution_bar(1, *scale, "x")


@pytest.mark.parametrize("label", [HOSTILE, ""])
def test_inline_pictures_escape_their_label_and_hide_without_one(label: str) -> None:
    for svg in (inline.probability_bar(0.2, 0.5, 0.3, label), inline.contribution_bar(1, -1, 1, label)):
        root = parsed(svg)
        assert root.get("aria-label") == (label or None)
        assert root.get("aria-hidden") == (None if label else "true")
        assert not list(root.iter("script"))
        assert len(svg) < 1_100 + 2 * len(label)


# ---------- keys
@pytest.mark.parametrize("name", NEW)
def test_every_new_mark_can_be_drawn_in_colours_that_the_style_sheet_knows(name: str) -> None:
    mark = _key_marks.judgement_mark(name, 28, 16)
    assert mark is not None
    assert not re.search(r'\b(fill|stroke|style|id|href)="|nan', mark)
    classes = re.findall(r'class="([^"]*)"', mark)
    assert classes
    assert not [each for each in classes if not re.search(rf"\.{each}\b", CSS)]


def test_no_two_new_marks_are_drawn_alike_and_other_names_are_left_to_the_shared_ones() -> None:
    assert len({_key_marks.judgement_mark(name, 28, 16) for name in NEW}) == len(NEW)
    assert [_key_marks.judgement_mark(name, 28, 16) for name in ("rainbow", "value")] == [None, None]


# ---------- colours
TIERS = ("tier-high", "tier-mid", "tier-low", "surface")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", [*TIERS, "count-few", "count-some", "count-many"])
def test_a_number_can_be_read_on_every_tier_and_cell(mode: str, name: str) -> None:
    assert contrast(palette()["ink"].in_mode(mode), palette()[name].in_mode(mode)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_neighbouring_tiers_stay_apart_for_every_colour_blindness(mode: str, kind: str) -> None:
    seen = []
    for name in TIERS[:3]:
        rgb = linear(palette()[name].in_mode(mode))
        seen.append(lab([sum(w * c for w, c in zip(row, rgb, strict=True)) for row in BLINDNESS[kind]]))
    for first, second in pairwise(seen):
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 > 9


@pytest.mark.parametrize("mode", MODES)
def test_tiers_and_cells_grow_steadily_away_from_the_background(mode: str) -> None:
    for names in (
        ("surface", "tier-low", "tier-mid", "tier-high"),
        ("surface", "count-few", "count-some", "count-many"),
    ):
        away = [contrast(palette()[name].in_mode(mode), palette()["surface"].in_mode(mode)) for name in names]
        assert away == sorted(set(away))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_tier_is_red(mode: str) -> None:
    for name in ("tier-high", "tier-mid", "tier-low", "tier-edge"):
        colour = palette()[name].in_mode(mode)
        hue, _, _ = colorsys.rgb_to_hls(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)))
        assert 150 <= hue * 360 <= 250, name
