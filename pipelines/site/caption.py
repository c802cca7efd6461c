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
    is_time: bool = False
    """On a narrow screen the picture opens at its latest end."""
