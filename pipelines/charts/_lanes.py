"""Layout of charts whose rows carry their label above the bar: every name in full, the bar over the whole width.

Belongs here: places within a row, the layers such charts share, the tall form of a shape. Does not belong here: the
marks that make one chart different from the other, rows with the label beside the bar (`_rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from pipelines.charts._axis import text_width
from pipelines.charts._labels import wrap
from pipelines.charts._rows import LINE, layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW

SIDE = 4
PLOT = NARROW - 2 * SIDE
BAR = 20
"""Pixels, how tall a row's bar is."""


@dataclass(frozen=True)
class Lane:
    """How tall a row is and where in it things stand, in pixels, where a label may have so many `lines`."""

    lines: int = 1

    @property
    def step(self) -> int:
        """From row to row."""
        return 44 + LINE * (self.lines - 1)

    @property
    def up(self) -> float:
        """From the middle of a row to the middle of the last line of its label, which stands next to the bar."""
        return self.down - 21

    @property
    def down(self) -> float:
        """From the middle of a row to the middle of its bar."""
        return self.step / 2 - 14

    def bar_edges(self, row: int) -> tuple[float, float]:
        """Top and bottom of a row's bar."""
        middle = row * self.step + self.step / 2 + self.down
        return middle - BAR / 2, middle + BAR / 2

    def numbered(self, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
        """Place, label and text of every row; a label gives way to the text at the right end of its line.

        `label` is its last line, `upper` what stands above.
        """
        return [
            {"row": place, "about": place + 1, "upper": "".join(upper), "label": label, "text": row["text"]}
            for place, row in enumerate(rows)
            for *upper, label in [self._wrapped(str(row["label"]), str(row["text"]))]
        ]

    def _wrapped(self, label: str, text: str) -> list[str]:
        return wrap(label, PLOT - text_width(text, FONT_SIZE) - 12, self.lines) or [""]

    def texts(self, **look: Any) -> list[alt.Chart]:
        """The label above the left end of each row's bar, with this look, and the text at the right end."""
        label = [_text("left", 0, "label", self.up, **look), _text("left", 0, "upper", self.up - LINE, **look)]
        return [*label[: self.lines], _text("right", PLOT, "text", self.up)]


ONE_LINE, TWO_LINES = Lane(), Lane(2)


def _text(align: Literal["left", "right"], x: float, field: str, down: float, **look: Any) -> alt.Chart:
    mark = layer().mark_text(align=align, baseline="middle", yOffset=down, **look)
    written: alt.Chart = mark.encode(x=alt.value(x), y=y(), text=f"{field}:N")
    return written


def y() -> alt.Y:
    """One band per row, in the order given."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(type="band", paddingInner=0, paddingOuter=0))


def tall(shape: Mapping[str, Any], step: int) -> dict[str, Any]:
    """The shape with `step` pixels per row, whichever other vertical scales its layers have."""
    config = shape["config"]
    view = {**config["view"], "step": step}
    return {"params": [], **shape, "height": {"step": step}, "config": {**config, "view": view}}
