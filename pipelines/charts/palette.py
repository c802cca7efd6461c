"""Named colours by meaning, read from site_templates/palette.yml, as CSS custom properties.

Belongs here: reading and checking the palette, its style sheet, WCAG contrast. Does not belong here: colour values
(palette.yml) and which mark wears which colour (`_theme` and the chart modules).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.errors import FloorwalkError, Problem
from pipelines.settings import PROJECT

PALETTE_FILE = PROJECT / "site_templates" / "palette.yml"
USES = {"text": 4.5, "mark": 3.0, "decoration": 1.0, "background": 1.0}
"""What a colour is drawn as, and the least contrast against `surface` that WCAG 2.2 (1.4.3, 1.4.11) asks for."""
MODES = ("light", "dark", "print")


@dataclass(frozen=True)
class Colour:
    """One named colour: what it means, how it is used, and its #rrggbb value in each mode."""

    name: str
    meaning: str
    use: str
    light: str
    dark: str
    print: str

    @property
    def variable(self) -> str:
        """How charts and style sheets refer to it."""
        return f"var(--fw-{self.name})"

    def in_mode(self, mode: str) -> str:
        """Its #rrggbb value in "light", "dark" or "print"."""
        return {"light": self.light, "dark": self.dark, "print": self.print}[mode]


@cache
def palette(file: Path = PALETTE_FILE) -> Mapping[str, Colour]:
    """Every colour by name, in file order. Raises FloorwalkError naming every faulty entry at once."""
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    problems: list[Problem] = []
    colours: dict[str, Colour] = {}
    wanted = {"meaning", "use", *MODES}
    for name, entry in raw.items():
        where = f"{file.name}, {name}"
        if not isinstance(entry, dict) or set(entry) != wanted:
            fix = f"give exactly {', '.join(sorted(wanted))}"
            problems.append(Problem("colour entry is incomplete", where, fix=fix))
            continue
        if entry["use"] not in USES:
            problems.append(Problem(f"unknown use {entry['use']!r}", where, fix=f"choose from {', '.join(USES)}"))
        problems.extend(
            Problem(f"{mode} is {entry[mode]!r}", where, fix='write six lower-case digits: "#1b1f24"')
            for mode in MODES
            if not re.fullmatch(r"#[0-9a-f]{6}", str(entry[mode]))
        )
        colours[name] = Colour(name, *(str(entry[key]) for key in ("meaning", "use", *MODES)))
    if "surface" not in colours:
        problems.append(Problem("no colour named surface", file.name, "contrast is measured against it", "add it"))
    if problems:
        raise FloorwalkError(problems)
    return colours


def variable(name: str) -> str:
    """`var(--fw-<name>)`. Raises KeyError for a name palette.yml does not have."""
    return palette()[name].variable


def palette_css() -> str:
    """Style sheet text: custom properties --fw-<name> for light, dark (by media query) and print."""
    blocks = {mode: "".join(f"--fw-{c.name}:{c.in_mode(mode)};" for c in palette().values()) for mode in MODES}
    return (
        f":root{{{blocks['light']}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{blocks['dark']}}}}}\n"
        f"@media print{{:root{{{blocks['print']}}}}}\n"
    )


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
