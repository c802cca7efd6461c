"""The key of a chart: each mark it shows, with what the mark means there.

Belongs here: words for marks. Does not belong here: how marks look (`pipelines/charts`), which marks a picture shows
(`drawings`).
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.charts import small
from pipelines.site import areas
from pipelines.site.drawings import Dots, Drawing, Xmr
from pipelines.site.fragments import Voice


def key(say: Voice, drawing: Drawing) -> tuple[tuple[Markup, str], ...]:
    """Marks with their meanings, only those the picture shows."""
    meanings = _meanings(say) | (_meanings_among_people(say) if not isinstance(drawing, Xmr) else {})
    for area in areas.modules().values():
        meanings |= area.marks(say) if hasattr(area, "marks") and type(drawing) in area.CAPTIONS else {}
    if isinstance(drawing, Dots) and drawing.target is None:
        meanings["common"] = meanings["value"]
    return tuple((small.key_mark(name), meanings[name]) for name in drawing.key)


def _meanings_among_people(say: Voice) -> dict[str, str]:
    """Marks that mean something else where entities are compared than where weeks are."""
    _ = say.words
    return {
        "centre": _("whole centre"),
        "limit": _("inner limit (95%)"),
        "common": _("no more than chance"),
    }


def _meanings(say: Voice) -> dict[str, str]:
    _ = say.words
    return {
        "value": _("measured value"),
        "centre": _("average"),
        "limit": _("limit of the usual range"),
        "provisional": _("provisional limit: few weeks so far"),
        "limit_outer": _("outer limit (99.8%)"),
        "target": _("target"),
        "improvement": _("better, beyond chance"),
        "concern": _("worse, beyond chance"),
        "neutral": _("different, beyond chance"),
        "common": _("ordinary variation"),
        "unknown": _("too few to say"),
        "baseline": _("weeks that set the usual range"),
        "event": _("event"),
        "interval": _("likely range (90%)"),
        "bin": _("number of agents"),
        "bar": _("measured value"),
        "interval_box": _("likely range (90%)"),
        "target_tick": _("target"),
        "previous": _("the period before"),
    }
