"""What live charts say, and nothing else: they stand on pages of others.

Belongs here: the words of assets/js/live.js. Does not belong here: which pages offer live charts and their files
(`pipelines.site.live`), how a chart becomes live (`pipelines.charts`).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.site.fragments import Voice

ORDER = 95


def load(_folder: Path) -> None:
    """No marts of its own."""


def script_words(say: Voice) -> dict[str, str]:
    """Sentences of the script."""
    _ = say.words
    return {
        "live.open": _("Explore"),
        "live.back": _("Back to the picture"),
        "live.help": _("Point at a mark, or walk through the marks with the arrow keys, to read its figures."),
        "live.help_brush": _(
            "Point at a mark, or walk with the arrow keys, to read its figures. Drag across the chart, or hold Shift "
            "while walking, to list a stretch of it."
        ),
        "live.chosen": _("Chosen: {n}, from {first} to {last}", n="{n}", first="{first}", last="{last}"),
        "live.failed": _("This chart could not be drawn here; the picture and its table say the same."),
    }
