"""Small pictures written directly as SVG: sparklines, agents' XmR, icons, bullets, intervals, marks for keys.

Belongs here: pictures that stand by the hundred in tables and cards and so must cost microseconds. Does not belong
here: the large charts (one module each, through Altair), arithmetic on a KPI, words: `label` arrives translated.
Colours are classes of charts.css. An empty `label` hides the picture from assistive technology, for places where the
text beside it already says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipelines.charts._icons import assurance_icon, variation_icon
from pipelines.charts._key_marks import judgement_mark
from pipelines.charts._pen import along, box, flag, horizontal, mark, number, path, reach, svg, vertical
from pipelines.charts._standing import MARKS, OF_FINDING, Finding, Standing

__all__ = ["assurance_icon", "bullet", "interval_dot", "key_mark", "small_xmr", "sparkline", "variation_icon"]

Limits = tuple[float, float, float]
"""lower limit, centre line, upper limit"""


def sparkline(
    values: Sequence[float | None],
    *,
    label: str,
    limits: Limits | None = None,
    target: float | None = None,
    finding: Finding = "common_cause",
    width: int = 120,
    height: int = 28,
) -> Markup:
    """A word-sized line of `values` in time order (None is a gap), the last one marked by its `finding`.

    The band between the limits is shaded, the target is a dashed line.
    """
    known = [value for value in values if value is not None]
    if not known:
        return svg(width, height, label, "")
    low, high = reach([*known, *(limits or ()), *((target,) if target is not None else ())])
    y = vertical(low, high, height)
    x = horizontal(len(values), width)
    parts = []
    if limits is not None:
        parts.append(box("fw-band", 0, width, y(limits[2]), y(limits[0]) - y(limits[2])))
    if target is not None:
        parts.append(f'<path class="fw-target-line" d="M0,{y(target)}H{width}"/>')
    parts.append(f'<path class="fw-line" d="{path(values, x, y)}"/>')
    last = max(index for index, value in enumerate(values) if value is not None)
    parts.append(mark(OF_FINDING[finding], x(last), y(known[-1])))
    return svg(width, height, label, "".join(parts))


def small_xmr(
    values: Sequence[float | None],
    findings: Sequence[Finding],
    *,
    label: str,
    limits: Limits | None,
    target: float | None = None,
    is_trial: bool = False,
    events: Sequence[tuple[int, str]] = (),
    width: int = 320,
    height: int = 96,
) -> Markup:
    """An XmR chart for an agent's page: line, mean, limits (dotted while trial), a mark on every point by its finding.

    `values` and `findings` are in time order and equally long (ValueError otherwise). `events` are (index of the
    period, flag text); the page lists what each flag stands for.
    """
    if len(values) != len(findings):
        raise ValueError(f"{len(values)} values but {len(findings)} findings")
    known = [value for value in values if value is not None]
    if not known:
        return svg(width, height, label, "")
    low, high = reach([*known, *(limits or ()), *((target,) if target is not None else ())])
    top = 18 if events else 0
    y = vertical(low, high, height, top)
    x = horizontal(len(values), width)
    parts = []
    if limits is not None:
        dash = "fw-limit fw-trial" if is_trial else "fw-limit"
        parts.append(f'<path class="{dash}" d="M0,{y(limits[0])}H{width}M0,{y(limits[2])}H{width}"/>')
        parts.append(f'<path class="fw-centre" d="M0,{y(limits[1])}H{width}"/>')
    if target is not None:
        parts.append(f'<path class="fw-target-line" d="M0,{y(target)}H{width}"/>')
    for index, text in events:
        at = min(max(x(index), 9), width - 9)
        parts.append(f'<path class="fw-event" d="M{x(index)},{height}V18L{number(at)},16"/>')
        parts.append(flag(at, 9, text))
    parts.append(f'<path class="fw-line" d="{path(values, x, y)}"/>')
    points = [(index, value, finding) for index, (value, finding) in enumerate(zip(values, findings, strict=True))]
    parts.extend(
        mark(OF_FINDING[finding], x(index), y(value), small=True)
        for index, value, finding in points
        if value is not None
    )
    return svg(width, height, label, "".join(parts))


def bullet(
    value: float | None,
    low: float | None,
    high: float | None,
    target: float | None,
    domain: tuple[float, float],
    *,
    label: str,
    previous: float | None = None,
    width: int = 160,
    height: int = 24,
) -> Markup:
    """A bar from domain[0] to `value` with interval box, target tick and a triangle at the previous value.

    Positions are cut to the domain, which is the caller's: the same for every row that is to be compared.
    """
    x = along(domain, width)
    middle = height / 2
    parts = [f'<path class="fw-rail" d="M0,{number(height - 0.5)}H{width}"/>']
    if low is not None and high is not None:
        parts.append(box("fw-interval-box", x(low), x(high), middle - 7, 14))
    if value is not None:
        parts.append(box("fw-bar", 0, x(value), middle - 3.5, 7))
    if previous is not None:
        parts.append(f'<path class="fw-previous" d="M{number(x(previous))},{number(middle + 5)}l4,6h-8Z"/>')
    if target is not None:
        parts.append(box("fw-target-tick", x(target) - 1.5, x(target) + 1.5, middle - 10, 20))
    return svg(width, height, label, "".join(parts))


def interval_dot(
    value: float | None,
    low: float | None,
    high: float | None,
    target: float | None,
    domain: tuple[float, float],
    *,
    label: str,
    standing: Standing = "common",
    width: int = 160,
    height: int = 20,
) -> Markup:
    """A dot with its uncertainty on a shared `domain`, marked by `standing`, the target as a tick across."""
    x = along(domain, width)
    middle = number(height / 2)
    parts = [f'<path class="fw-rail" d="M0,{middle}H{width}"/>']
    if target is not None:
        parts.append(box("fw-target-tick", x(target) - 1, x(target) + 1, 1, height - 2))
    if low is not None and high is not None:
        parts.append(f'<path class="fw-interval" d="M{number(x(low))},{middle}H{number(x(high))}"/>')
    if value is not None:
        parts.append(mark(standing, x(value), height / 2))
    return svg(width, height, label, "".join(parts))


def key_mark(name: str, *, label: str = "", width: int = 28, height: int = 16) -> Markup:
    """One mark as a chart's key shows it; `name` is an entry of a chart module's KEY. Raises KeyError for another."""
    middle, centre = height / 2, width / 2
    across = f"M1,{number(middle)}H{width - 1}"
    lines = {
        "value": "fw-line", "centre": "fw-centre", "limit": "fw-limit", "provisional": "fw-limit fw-trial",
        "limit_outer": "fw-limit-outer", "target": "fw-target-line", "interval": "fw-interval",
    }  # fmt: skip
    if name in lines:
        return svg(width, height, label, f'<path class="{lines[name]}" d="{across}"/>')
    if name in MARKS:
        return svg(width, height, label, mark(name, centre, middle))  # type: ignore[arg-type]
    if (judged := judgement_mark(name, width, height)) is not None:
        return svg(width, height, label, judged)
    drawn = {
        "baseline": box("fw-band", 0, width, 0, height),
        "bin": box("fw-bin", centre - 7, centre + 7, 1, height - 1),
        "bar": box("fw-bar", 0, width, middle - 3.5, 7),
        "interval_box": box("fw-interval-box", 4, width - 4, 1, height - 2),
        "target_tick": box("fw-target-tick", centre - 1.5, centre + 1.5, 0, height),
        "previous": f'<path class="fw-previous" d="M{number(centre)},{number(middle - 4)}l5,8h-10Z"/>',
        "event": flag(centre, middle, "1"),
    }
    return svg(width, height, label, drawn[name])
