"""Layout of charts whose rows carry their label above the bar: every name in full, the bar over the whole width.

Belongs here: places within a row, the layers such charts share, the tall form of a shape. Does not belong here: the
marks that make one chart different from the other, rows with the label beside the bar (`_rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pipelines.charts._axis import text_width
from pipelines.charts._labels import cut
from pipelines.charts._rows import layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW

SIDE = 4
PLOT = NARROW - 2 * SIDE
STEP, BAR = 44, 20
"""Pixels per row, and how tall its bar is."""
LABEL_UP, BAR_DOWN = -13, 8
"""From the middle of a row to the middle of its label and of its bar."""


def bar_edges(row: int) -> tuple[float, float]:
    """Top and bottom of a row's bar in pixels."""
    middle = row * STEP + STEP / 2 + BAR_DOWN
    return middle - BAR / 2, middle + BAR / 2


def numbered(rows: Sequence[Mapping[str, object]], plot: float = PLOT) -> list[dict[str, object]]:
    """Place, label and text of every row; a label gives way to the text at the right end of its line."""
    return [
        {
            "row": place,
            "about": place + 1,
            "label": cut(str(row["label"]), plot - text_width(str(row["text"]), FONT_SIZE) - 12),
            "text": row["text"],
        }
        for place, row in enumerate(rows)
    ]


def y() -> alt.Y:
    """One band per row, in the order given."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(type="band", paddingInner=0, paddingOuter=0))


def texts(up: float = LABEL_UP) -> list[alt.Chart]:
    """The label at the left end of each row's first line, the text at the right end."""
    return [
        layer().mark_text(align="left", baseline="middle", yOffset=up).encode(x=alt.value(0), y=y(), text="label:N"),
        layer().mark_text(align="right", baseline="middle", yOffset=up).encode(x=alt.value(PLOT), y=y(), text="text:N"),
    ]


def tall(shape: Mapping[str, Any], step: int) -> dict[str, Any]:
    """The shape with `step` pixels per row, whichever other vertical scales its layers have."""
    config = shape["config"]
    view = {**config["view"], "step": step}
    return {"params": [], **shape, "height": {"step": step}, "config": {**config, "view": view}}
