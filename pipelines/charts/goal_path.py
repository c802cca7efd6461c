"""The weeks of a goal beside the way to it: the agreed path with its band of chance, the weekly values, the target.

Belongs here: one small picture for pages that show many goals. Does not belong here: the path and its band
(fct_coaching_progress_week), other small pictures (`small`), words: `label` arrives translated, and an empty one hides
the picture from assistive technology. Colours are classes of charts.css.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from pipelines.charts._pen import EDGE, horizontal, mark, number, path, reach, svg, vertical

__all__ = ["goal_path"]

Value = float | None
Bound = tuple[float, float]


def goal_path(
    values: Sequence[Value],
    paths: Sequence[Value],
    lows: Sequence[Value],
    highs: Sequence[Value],
    *,
    target: float,
    label: str,
    width: int = 360,
    height: int = 110,
) -> Markup:
    """Weekly `values` over the agreed path (dashed) and the band that chance alone fills around it, oldest week first.

    All four are equally long (ValueError otherwise). The target is a long-dashed line across; a week without
    observations is a gap; bounds that are not known leave the band open there.
    """
    if not len(values) == len(paths) == len(lows) == len(highs):
        raise ValueError(f"{len(values)} values, {len(paths)} of the path, {len(lows)} and {len(highs)} bounds")
    known = [value for value in (*values, *paths, *lows, *highs) if value is not None]
    if not known:
        return svg(width, height, label, "")
    y = vertical(*reach([*known, target]), height)
    x = horizontal(len(values), width)
    parts = [f'<path class="fw-band" d="{area}"/>' for area in _bands(lows, highs, x, y)]
    parts.append(f'<path class="fw-target-line" d="M0,{number(y(target))}H{width}"/>')
    if way := path(paths, x, y):
        parts.append(f'<path class="fw-limit" d="{way}"/>')
    if line := path(values, x, y):
        parts.append(f'<path class="fw-line" d="{line}"/>')
    parts += [mark("common", x(place), y(value)) for place, value in enumerate(values) if value is not None]
    return svg(width, height, label, "".join(parts))


def _bands(
    lows: Sequence[Value], highs: Sequence[Value], x: Callable[[int], float], y: Callable[[float], float]
) -> Iterator[str]:
    """Path data of the band, one closed shape per run of weeks whose bounds are both known."""
    for run in _runs(lows, highs):
        if len(run) == 1:
            (place, (low, high)) = run[0]
            left, right = x(place) - EDGE, x(place) + EDGE
            yield _closed([(left, y(high)), (right, y(high)), (right, y(low)), (left, y(low))])
        else:
            upper = [(x(place), y(high)) for place, (_, high) in run]
            lower = [(x(place), y(low)) for place, (low, _) in reversed(run)]
            yield _closed([*upper, *lower])


def _runs(lows: Sequence[Value], highs: Sequence[Value]) -> Iterator[list[tuple[int, Bound]]]:
    run: list[tuple[int, Bound]] = []
    for place, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low is not None and high is not None:
            run.append((place, (low, high)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(left)},{number(top)}" for left, top in points) + "Z"
