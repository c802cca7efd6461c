"""Marks of the judgement charts as their keys show them: tiers, cells, parts of a gap, effects.

Belongs here: drawing one mark in a key's box, with classes of charts.css. Does not belong here: marks shared by all
charts (`small.key_mark`, which asks here), words.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.charts._pen import box, number

Draw = Callable[[float, float], str]
"""Width and height of the key's box → SVG text."""
LINES, UPRIGHTS = 5.0, 6.0
"""Pixels between slanted and between upright lines."""


def slanted(left: float, right: float, top: float, bottom: float) -> str:
    """Path data of slanted lines inside a rectangle."""
    rise, parts = bottom - top, []
    foot = left - rise + LINES
    while foot < right - 1:
        start, end = max(foot, left), min(foot + rise, right)
        parts.append(f"M{number(start)},{number(bottom - start + foot)}L{number(end)},{number(bottom - end + foot)}")
        foot += LINES
    return "".join(parts)


def tier(name: str, left: float, right: float, top: float, height: float) -> str:
    """A rectangle that wears the fill, edge and lines of a tier."""
    parts = [box(f"fw-tier-{name.replace('_', '-')}", left, right, top, height)]
    if name == "low":
        parts.append(f'<path class="fw-tier-lines" d="{slanted(left, right, top, top + height)}"/>')
    if name == "new_starter":
        places = (left + UPRIGHTS * step for step in range(1, int((right - left - 3) / UPRIGHTS) + 1))
        lines = "".join(f"M{number(place)},{number(top)}v{number(height)}" for place in places)
        parts.append(f'<path class="fw-tier-lines" d="{lines}"/>')
    return "".join(parts)


def judgement_mark(name: str, width: float, height: float) -> str | None:
    """The mark of a judgement chart's KEY inside a box of that size; None for a name that belongs elsewhere."""
    if name.startswith("tier_"):
        return tier(name.removeprefix("tier_"), 1, width - 1, 2, height - 4)
    draw = _DRAWN.get(name)
    return draw(width, height) if draw else None


def _box(css_class: str, inset: float = 2) -> Draw:
    return lambda width, height: box(css_class, 1, width - 1, inset, height - 2 * inset)


def _upright(css_class: str, half: float, inset: float) -> Draw:
    return lambda width, height: box(css_class, width / 2 - half, width / 2 + half, inset, height - 2 * inset)


def _diamond(css_class: str) -> Draw:
    def draw(width: float, height: float) -> str:
        return f'<path class="{css_class}" d="M{number(width / 2)},{number(height / 2)}m0,-5.5l5,5.5l-5,5.5l-5,-5.5Z"/>'

    return draw


def _disc(css_class: str, radius: float) -> Draw:
    def draw(width: float, height: float) -> str:
        at = f'cx="{number(width / 2)}" cy="{number(height / 2)}"'
        return f'<circle class="{css_class}" {at} r="{number(radius)}"/>'

    return draw


def _cell(width: float, height: float) -> str:
    third = (width - 2) / 3
    shades = ("fw-count-few", "fw-count-some", "fw-count-many")
    places = (1 + third * place for place in range(3))
    return "".join(box(shade, left, left + third, 1, height - 2) for shade, left in zip(shades, places, strict=True))


def _missing(width: float, height: float) -> str:
    lines = slanted(1, width - 1, 2, height - 2)
    return f'{box("fw-missing", 1, width - 1, 2, height - 4)}<path class="fw-missing" d="{lines}"/>'


def _cross(width: float, height: float) -> str:
    across = f"M3,{number(height / 2)}H{number(width - 3)}"
    return f'<path class="fw-cross" d="{across}M{number(width / 2)},0V{number(height)}"/>'


def _trail(width: float, height: float) -> str:
    """From a dot, where somebody stood, to where the mark is now."""
    low, dot = number(height - 4), f'<circle class="fw-way" cx="4" cy="{number(height - 4)}" r="2"/>'
    return f'{dot}<path class="fw-way" d="M4,{low}L{number(width - 2)},3"/>'


def _peers(width: float, height: float) -> str:
    ticks = "".join(f"M{number(width * part)},1v{number(height - 2)}" for part in (0.2, 0.35, 0.5, 0.55, 0.8))
    return f'<path class="fw-peer" d="{ticks}"/>'


def _day(css_class: str, part: float = 1) -> Draw:
    """A day of the calendar, filled from below."""
    return lambda width, height: box(
        css_class, width / 2 - 7, width / 2 + 7, 1 + (height - 2) * (1 - part), (height - 2) * part
    )


def _flow(width: float, height: float) -> str:
    low, half = number(height - 6), number(width / 2)
    back = f"V{number(height - 1)}C{half},{number(height - 1)} {half},6 1,6Z"
    return f'<path class="fw-tier-mid" d="M1,1C{half},1 {half},{low} {number(width - 1)},{low}{back}"/>'


def _expected(width: float, height: float) -> str:
    foot = number(height - 2)
    bend = f"Q{number(width / 2)},{number(-height / 2)} {number(width - 1)},{foot}"
    return f'<path class="fw-expected" d="M1,{foot}{bend}"/>'


_DRAWN: dict[str, Draw] = {
    "cell": _cell,
    "cell_stayed": _box("fw-cell-stayed"),
    "cell_hidden": _box("fw-cell-hidden"),
    "highlight": _disc("fw-highlight", 6.5),
    "cross": _cross,
    "trail": _trail,
    "own": _diamond("fw-own"),
    "peers": _peers,
    "middle": _box("fw-middle", 0.5),
    "part_centre": _box("fw-part-centre", 3),
    "part_team": _box("fw-part-team", 3),
    "part_person": _box("fw-part-person", 3),
    "mix": _upright("fw-mix", 4, 1),
    "performance": _upright("fw-performance", 4, 1),
    "total": _diamond("fw-total"),
    "effect_measurable": _box("fw-effect-measurable", 4),
    "effect_not_measurable": _box("fw-effect-not-measurable", 4),
    "effect_not_assessable": _box("fw-effect-not-assessable", 4),
    "naive": _diamond("fw-naive"),
    "detectable": _box("fw-detectable", 1),
    "pair": _disc("fw-pair", 3.5),
    "centre_tick": _upright("fw-centre-tick", 1.5, 0),
    "expected": _expected,
    "weight_box": _box("fw-weight-box"),
    "day_whole": _day("fw-count-many"),
    "day_most": _day("fw-count-some"),
    "day_some": _day("fw-count-few"),
    "day_part": _day("fw-count-some", 0.5),
    "day_leave": _day("fw-weight-box"),
    "day_out": _day("fw-cell-hidden"),
    "flow": _flow,
    "missing": _missing,
}
