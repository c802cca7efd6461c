"""What stands around the picture of days near a line, and the meanings of its marks."""

from __future__ import annotations

from pipelines.site.areas._guards_contexts import Near
from pipelines.site.captions import Caption
from pipelines.site.fragments import Voice
from pipelines.site.keys import key


def near_caption(say: Voice, drawing: Near, whose: str) -> Caption:
    """Days around a minimum beside a smooth spread."""
    _, row, kpi = say.words, drawing.row, say.kpis[drawing.kpi_id]
    name = say.kpi(drawing.kpi_id)
    below = _("{low} to below {high}", low="{low}", high="{high}")
    if row.verdict == "hovering":
        headline = _(
            "{kpi}, {whose}: more days just above the line than a smooth spread would give", kpi=name, whose=whose
        )
    else:
        headline = _("{kpi}, {whose}: days near the line lie as in a smooth spread", kpi=name, whose=whose)
    return Caption(
        headline=headline,
        subtitle=_(
            "Days of {whose} by {kpi}; {people} people, {days} days",
            whose=whose,
            kpi=name,
            people=say.figures.count(row.agents),
            days=say.figures.count(row.days),
        ),
        source=say.source(drawing.kpi_id),
        reading=_(
            "The curve is what days would look like without a line. Only the shaded stretch is tested; a step up at "
            "the line itself would be the sign."
        ),
        key=key(say, drawing),
        headers=(_("Distance from the minimum"), _("Number of days"), _("Days of a smooth spread"), _("Tested")),
        rows=tuple(
            (
                say.figures.change_range(kpi, found.bin_low, found.bin_high, precise=True, to=below),
                say.figures.count(found.days),
                say.figures.number(found.expected_days, 1),
                _("yes") if found.is_within_reach else _("no"),
            )
            for found in drawing.bins
        ),
    )


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks in this picture."""
    _ = say.words
    return {
        "bin": _("number of days"),
        "expected": _("days of a smooth spread"),
        "target": _("minimum"),
        "baseline": _("stretch that is tested"),
    }
