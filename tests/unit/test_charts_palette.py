"""Palette: contrast, colour blindness, and the style sheets that use it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from pipelines.charts._standing import MARKS
from pipelines.charts.palette import MODES, USES, contrast, palette, palette_css
from pipelines.errors import FloorwalkError
from pipelines.settings import PROJECT

CHARTS_CSS = PROJECT / "site_templates" / "theme" / "assets" / "charts.css"
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(max(channel, 0), 1) for channel in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_contrast_agrees_with_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_letters_and_marks_stand_out_from_the_background(mode: str) -> None:
    surface = palette()["surface"].in_mode(mode)
    weak = {
        colour.name: round(contrast(colour.in_mode(mode), surface), 2)
        for colour in palette().values()
        if contrast(colour.in_mode(mode), surface) < USES[colour.use]
    }
    assert weak == {}


@pytest.mark.parametrize("mode", MODES)
def test_letters_stay_readable_on_the_baseline_band(mode: str) -> None:
    band = palette()["band"].in_mode(mode)
    for name in ("ink", "target", "improvement", "concern", "neutral"):
        assert contrast(palette()[name].in_mode(mode), band) >= 4.5, name


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_improvement_and_concern_stay_apart_for_every_colour_blindness(mode: str, kind: str) -> None:
    seen = []
    for name in ("improvement", "concern"):
        rgb = linear(palette()[name].in_mode(mode))
        seen.append(lab([sum(w * c for w, c in zip(row, rgb, strict=True)) for row in BLINDNESS[kind]]))
    assert sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5 > 30


def test_no_two_standings_differ_by_colour_alone() -> None:
    for first, second in combinations(MARKS.values(), 2):
        assert (first.shape, first.filled) != (second.shape, second.filled)


def test_the_style_sheet_gives_every_colour_in_every_mode() -> None:
    light, dark, printed = palette_css().strip().split("\n")
    for colour in palette().values():
        assert f"--fw-{colour.name}:{colour.light};" in light
        assert f"--fw-{colour.name}:{colour.dark};" in dark
        assert f"--fw-{colour.name}:{colour.print};" in printed
    assert "prefers-color-scheme:dark" in dark
    assert "@media print" in printed


def test_the_chart_styles_name_no_colour_and_use_only_known_ones() -> None:
    css = re.sub(r"/\*.*?\*/", "", CHARTS_CSS.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", css)
    used = set(re.findall(r"var\(--fw-([a-z-]+)\)", css))
    assert used <= set(palette())
    assert not re.search(r"url\(|@import", css)


def test_every_fault_of_a_palette_is_reported_at_once(tmp_path: Path) -> None:
    file = tmp_path / "palette.yml"
    file.write_text('ink: {use: loud, light: "#FFF", dark: "#000000", print: "#000000", meaning: letters}\nbad: red\n')
    with pytest.raises(FloorwalkError) as caught:
        palette(file)
    said = str(caught.value)
    assert "unknown use 'loud'" in said
    assert "light is '#FFF'" in said
    assert "colour entry is incomplete" in said
    assert "no colour named surface" in said
