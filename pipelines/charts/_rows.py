"""Layout of charts with one line per row: a label column, the plot, a column of value texts.

Belongs here: column widths, the layers row charts share. Does not belong here: the marks
that make one chart different from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from pipelines.charts._axis import Axis, text_width
from pipelines.charts._labels import wrap
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW, ROW, value_axis
from pipelines.charts.palette import variable

PADDING = {"left": 4, "right": 4, "top": 22, "bottom": 30}
PLOT = NARROW - PADDING["left"] - PADDING["right"]
WIDEST_LABEL, GAP = 150, 12
LINE = 14
"""Between two lines of a label."""
PARAMETERS = ("x_domain", "x_range", "x_ticks", "x_texts", "grid_height")


def columns(labels: Iterable[str], texts: Iterable[str]) -> tuple[float, float]:
    """Where the plot begins and ends, leaving room for the widest label and the widest value text."""
    lines = (line for label in labels for line in wrap(label, WIDEST_LABEL))
    left = max((text_width(line, FONT_SIZE) for line in lines), default=0) + GAP
    right = max((text_width(text, FONT_SIZE) for text in texts), default=0) + GAP
    return round(left, 1), round(PLOT - right, 1)


def values(horizontal: Axis, plot: Sequence[float], rows: int) -> dict[str, Any]:
    """Values of `PARAMETERS`."""
    return {
        "x_domain": [horizontal.low, horizontal.high],
        "x_range": list(plot),
        "x_ticks": list(horizontal.ticks),
        "x_texts": list(horizontal.texts),
        "grid_height": rows * ROW,
    }


def x(field: str) -> alt.X:
    """Position by value within the plot column."""
    look = value_axis(("x_domain", "x_ticks", "x_texts"), grid=True, domain=False, ticks=False)
    return alt.X(f"{field}:Q", **(look | {"scale": _scale()}))


def x2(field: str) -> alt.X2:
    return alt.X2(f"{field}:Q")


def y() -> alt.Y:
    """One band per row, in the order given."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def layer(table: str = "rows") -> alt.Chart:
    return alt.Chart(alt.NamedData(name=table))


def texts() -> list[alt.Chart]:
    """The label column, right-aligned against the plot, and the value column, right-aligned at the edge."""
    label_at = alt.ExprRef(f"x_range[0] - {GAP}")

    def line(field: str, down: str) -> alt.Chart:
        placed = layer().mark_text(align="right", baseline="middle", x=label_at, yOffset=alt.ExprRef(down))
        written: alt.Chart = placed.encode(y=y(), text=f"{field}:N")
        return written

    return [
        line("upper", f"-{LINE // 2}"),
        line("label", f"datum.upper ? {LINE // 2} : 0"),
        layer().mark_text(align="right", baseline="middle").encode(x=alt.value(PLOT), y=y(), text="text:N"),
    ]


def numbered(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows with their place from the top and their label in a line or two; the table has in full what is cut."""
    wrapped = (wrap(str(row["label"]), WIDEST_LABEL) or [""] for row in rows)
    return [
        {**row, "row": place, "about": place + 1, "upper": "".join(lines[:-1]), "label": lines[-1]}
        for place, (row, lines) in enumerate(zip(rows, wrapped, strict=True))
    ]


def shared_target() -> list[alt.Chart]:
    """A long-dashed line through all rows with its text above; table `target` has value and text, or no row."""
    colour = variable("target")
    return [
        layer("target")
        .mark_rule(stroke=colour, strokeDash=[12, 4])
        .encode(x=x("value"), y=alt.value(0), y2=alt.value(alt.ExprRef("grid_height"))),
        layer("target")
        .mark_text(baseline="bottom", fontWeight="bold", fill=colour)
        .encode(x=x("value"), y=alt.value(-6), text="text:N"),
    ]


def _scale() -> alt.Scale:
    ends = [alt.ExprRef("x_range[0]"), alt.ExprRef("x_range[1]")]
    return alt.Scale(domain=alt.ExprRef("x_domain"), range=ends, zero=False, nice=False)
