from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.charts.palette import MODES, USES, contrast, palette
from pipelines.settings import PROJECT

ASSETS = PROJECT / "site_templates" / "theme" / "assets"
STYLES = [ASSETS / name for name in ("site.css", "root.css")]
LETTERS = re.compile(
    r"(?:^|[\s{;])(?:color|--md-(?:default|footer|code)-fg-color|--md-(?:default|footer)-fg-color--light|"
    r"--md-typeset-color|--md-typeset-a-color)\s*:\s*var\(--fw-([\w-]+)\)"
)
"""Properties that colour letters, and the palette's name they are given."""


def plain(style: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_colour_of_the_frame_comes_from_the_palette(style: Path) -> None:
    text = plain(style)
    own = set(re.findall(r"--fw-([\w-]+)\s*:", text))
    assert set(re.findall(r"var\(--fw-([\w-]+)", text)) - own <= set(palette())
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", text)
    assert set(re.findall(r"rgb\([^)]*\)", text)) <= {"rgb(0 0 0 / 18%)", "rgb(0 0 0 / 50%)"}  # shadow and veil


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_letters_of_the_frame_have_the_contrast_of_text(style: Path) -> None:
    names = set(LETTERS.findall(plain(style))) - {"surface"}  # letters on a dark ground take the ground's colour
    assert names
    for name in names:
        for mode in MODES:
            ratio = contrast(palette()[name].in_mode(mode), palette()["surface"].in_mode(mode))
            assert ratio >= USES["text"], f"{name} in {mode}"


@pytest.mark.parametrize("style", sorted(ASSETS.glob("*.css")), ids=lambda style: style.name)
def test_no_style_sheet_downloads_anything(style: Path) -> None:
    assert not re.search(r"@import|url\(|@font-face", plain(style))
