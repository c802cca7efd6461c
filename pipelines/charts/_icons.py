"""The two icons beside every KPI: what its latest movement is, and whether it will meet its target.

In the spirit of NHS England's Making Data Count; the drawings are this project's own. Belongs here: their drawing.
Does not belong here: deciding finding and assurance (SQL), words. `pipelines.charts.small` is where callers find them.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipelines.charts._pen import mark, svg
from pipelines.charts._standing import OF_FINDING, Assurance, Better, Finding

SIDE = 32
_DISC = '<circle class="fw-disc" cx="16" cy="16" r="15"/>'
_WAVER = ((6, 18), (11, 13), (16, 18), (21, 13), (26, 18))
_RISE = ((7, 22), (12, 20), (16, 16), (20, 10))
_FALL = ((8, 9), (12, 11), (16, 15), (21, 21))


def variation_icon(
    finding: Finding, better: Better, *, label: str, is_high: bool | None = None, size: int = SIDE
) -> Markup:
    """What the latest point says: special cause high (H) or low (L), common cause, or too few points.

    `is_high` says on which side a special cause lies; None derives it from finding and `better`, which is impossible
    for a neutral finding: that then shows no letter. Letter, direction and mark say the same as the colour.
    """
    standing = OF_FINDING[finding]
    if standing == "unknown":
        return _icon("fw-icon-unknown", _letter("…", 16, 19, 15), label, size)
    if standing == "common":
        points = "".join(mark("common", x, y, small=True) for x, y in _WAVER)
        return _icon("fw-icon-common", _trail(_WAVER) + points, label, size)
    if is_high is None and better != "neutral":
        is_high = (better == "higher") == (standing == "improvement")
    if is_high is None:
        return _icon("fw-icon-neutral", _trail(_WAVER[:4]) + mark("neutral", *_WAVER[3]), label, size)
    way = _RISE if is_high else _FALL
    letter = _letter("H", 21.5, 26, 12) if is_high else _letter("L", 10.5, 26, 12)
    return _icon(f"fw-icon-{standing}", _trail(way) + mark(standing, *way[-1]) + letter, label, size)


def assurance_icon(assurance: Assurance, *, label: str, size: int = SIDE) -> Markup:
    """Whether the process as it runs will meet its target: P always, F never, ? hit or miss, – when there is none.

    The dashed target line lies below the letter for P, above it for F and behind it for ?, whichever direction is
    better: above means beyond the target.
    """
    if assurance == "consistent_pass":
        return _icon("fw-icon-improvement", _letter("P", 16, 20, 16) + _target("M7,25H25"), label, size)
    if assurance == "consistent_fail":
        return _icon("fw-icon-concern", _letter("F", 16, 24, 16) + _target("M7,8H25"), label, size)
    if assurance == "inconsistent":
        return _icon("fw-icon-common", _letter("?", 16, 22, 16) + _target("M3,16H10M22,16H29"), label, size)
    return _icon("fw-icon-unknown", _letter("–", 16, 21, 15), label, size)


def _icon(css_class: str, body: str, label: str, size: int) -> Markup:
    return svg(SIDE, SIDE, label, _DISC + body, f"fw-small fw-icon {css_class}", shown=size)


def _trail(points: Sequence[tuple[float, float]]) -> str:
    return f'<path class="fw-trail" d="M{"L".join(f"{x},{y}" for x, y in points)}"/>'


def _target(data: str) -> str:
    return f'<path class="fw-icon-target" d="{data}"/>'


def _letter(text: str, x: float, y: float, font_size: int) -> str:
    return f'<text class="fw-letter" x="{x}" y="{y}" font-size="{font_size}">{text}</text>'
