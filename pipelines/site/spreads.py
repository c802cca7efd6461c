"""What stands around pictures of how people and teams spread: funnels and distributions.

Belongs here: composing a `Caption` from the rows behind such a picture. Does not belong here: other pictures
(`captions`), the picture itself (`pipelines/charts`).
"""

from __future__ import annotations

from pipelines.site.caption import Caption, Cells
from pipelines.site.drawings import Band, Funnel
from pipelines.site.fragments import Voice
from pipelines.site.keys import key

BEYOND = ("above_998", "above_95", "below_95", "below_998")


def funnel_caption(say: Voice, drawing: Funnel, whose: str) -> Caption:
    """Rates against numbers of observations."""
    _, name = say.words, say.kpi(drawing.kpi_id)
    beyond = sum(point.position in ("above_998", "below_998") for point in drawing.points)
    total = say.figures.count(len(drawing.points))
    if beyond:
        headline = _(
            "{kpi}: more than chance sets {beyond} of {total} apart",
            kpi=name,
            beyond=say.figures.count(beyond),
            total=total,
        )
    else:
        headline = _("{kpi}: the differences between people are no larger than chance", kpi=name)
    told = _funnel_rows(say, drawing)
    return Caption(
        headline=headline,
        subtitle=_(
            "{kpi} against the number of observations, {whose}, {period}",
            kpi=name,
            whose=whose,
            period=say.period(drawing.period),
        ),
        source=say.source(drawing.kpi_id),
        reading=_funnel_reading(say, drawing),
        key=key(say, drawing),
        headers=(_("Where"), _("Number of agents"))
        if not drawing.names
        else (_("Name"), name, _("Observations"), _("Where")),
        rows=tuple(row for row, _ in told),
        about=tuple(of for _, of in told),
    )


def _funnel_reading(say: Voice, drawing: Funnel) -> str:
    _ = say.words
    if any(point.is_adjusted for point in drawing.points):
        return _(
            "Values allow for the kind of work. Small numbers scatter widely by chance alone; only points outside "
            "the outer lines call for a closer look."
        )
    return _(
        "Small numbers scatter widely by chance alone; only points outside the outer lines "
        "call for a closer look, and the first question is what is different about the work."
    )


def _funnel_rows(say: Voice, drawing: Funnel) -> list[tuple[Cells, tuple[int, ...]]]:
    """Rows of the table, each with the numbers of the points it tells of."""
    kpi, points = say.kpis[drawing.kpi_id], list(enumerate(drawing.points, start=1))
    if not drawing.names:
        lying = [
            (code, tuple(n for n, point in points if point.position == code)) for code in (*BEYOND, "inside", "too_few")
        ]
        return [((_position(say, code), say.figures.count(len(found))), found) for code, found in lying if found]
    points.sort(key=lambda each: say.name(drawing.names[each[1].entity_id]))
    return [
        (
            (
                say.link(drawing.names[point.entity_id]),
                say.figures.value(kpi, point.value),
                say.figures.count(point.n),
                _position(say, point.position),
            ),
            (number,),
        )
        for number, point in points
    ]


def _position(say: Voice, code: str) -> str:
    _ = say.words
    return {
        "above_998": _("above the outer line"),
        "above_95": _("between the upper lines"),
        "inside": _("within chance"),
        "below_95": _("between the lower lines"),
        "below_998": _("below the outer line"),
        "too_few": _("too few to say"),
    }[code]


def distribution_caption(say: Voice, drawing: Band, whose: str) -> Caption:
    """How many people lie in each band of values."""
    _, kpi, name = say.words, say.kpis[drawing.kpi_id], say.kpi(drawing.kpi_id)
    fullest = max(drawing.bins, key=lambda found: found.entities)
    common = say.figures.interval(kpi, fullest.bin_low, fullest.bin_high)
    return Caption(
        headline=_("{kpi}: the largest group of agents lies at {common}", kpi=name, common=common),
        subtitle=_(
            "Number of agents by {kpi}, {whose}, {period}", kpi=name, whose=whose, period=say.period(drawing.period)
        ),
        source=say.source(drawing.kpi_id),
        reading=_("Part of this spread is chance: people with few observations land further from the middle."),
        key=key(say, drawing),
        headers=(name, _("Number of agents")),
        rows=tuple(
            (say.figures.interval(kpi, found.bin_low, found.bin_high), say.figures.count(found.entities))
            for found in drawing.bins
        ),
    )
