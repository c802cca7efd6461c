"""A plot with two linear axes: the names of their parameters, the values that fill them, the encodings that use them.

Belongs here: what quadrant, agreement and hovering share. Does not belong here: which values an axis holds, marks.
"""

from __future__ import annotations

import altair as alt

from pipelines.charts._axis import Axis
from pipelines.charts._theme import value_axis

ACROSS, UP = ("x_domain", "x_ticks", "x_texts"), ("y_domain", "y_ticks", "y_texts")
PARAMETERS = (*ACROSS, *UP)


def values(horizontal: Axis, vertical: Axis) -> dict[str, object]:
    """Values of `PARAMETERS`."""
    return {
        "x_domain": [horizontal.low, horizontal.high],
        "x_ticks": list(horizontal.ticks),
        "x_texts": list(horizontal.texts),
        "y_domain": [vertical.low, vertical.high],
        "y_ticks": list(vertical.ticks),
        "y_texts": list(vertical.texts),
    }


def across(field: str) -> alt.X:
    """Position by value on the horizontal axis."""
    return alt.X(f"{field}:Q", **value_axis(ACROSS))


def up(field: str) -> alt.Y:
    """Position by value on the vertical axis, with a grid line at every tick."""
    return alt.Y(f"{field}:Q", **value_axis(UP))


def up_framed(field: str) -> alt.Y:
    """Position by value on the vertical axis, with a line along it instead of grid lines."""
    return alt.Y(f"{field}:Q", **value_axis(UP, grid=False, domain=True))
