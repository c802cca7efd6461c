"""The words that stand around one picture.

Composed by `captions`, `spreads` and the areas; laid out by the figure partial.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Caption:
    """Everything a chart must carry; the figure partial takes all of it."""

    headline: str
    subtitle: str
    source: str
    reading: str
    key: tuple[tuple[Markup, str], ...]
    headers: Cells
    rows: tuple[Cells, ...]
    notes: Cells = ()
    about: tuple[tuple[int, ...], ...] = ()
    """For every row of the table the rows of the chart's Data it tells of, from 1; () where row n tells of row n."""
    is_time: bool = False
    """On a narrow screen the picture opens at its latest end."""

    @property
    def told(self) -> tuple[tuple[Cells, str], ...]:
        """Rows of the table, each with the numbers of the Data rows it tells of as text."""
        about = self.about or tuple((number,) for number in range(1, len(self.rows) + 1))
        return tuple((row, " ".join(map(str, of))) for row, of in zip(self.rows, about, strict=True))
