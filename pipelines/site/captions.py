"""What stands around a chart: headline, subtitle, source, reading, key, and the same data as a table.

Belongs here: composing a `Caption` by rules from the rows behind a drawing. Does not belong here: the picture
(`pipelines/charts`), which chart a page shows (`contexts`), terms (`fragments`).
"""

from __future__ import annotations

from pipelines.marts import Event, KpiSignal
from pipelines.site import areas
from pipelines.site.caption import Caption
from pipelines.site.drawings import Band, Bars, Dots, Drawing, Funnel, Xmr
from pipelines.site.fragments import Voice
from pipelines.site.keys import key
from pipelines.site.spreads import distribution_caption, funnel_caption

__all__ = ["Caption", "caption"]

NAMED_IN_A_HEADLINE = 3


def caption(say: Voice, drawing: Drawing, whose: str) -> Caption:
    """The words for any drawing. `whose` names the entity or group the picture is about."""
    if isinstance(drawing, Xmr):
        return _xmr(say, drawing, whose)
    if isinstance(drawing, Bars):
        return _bars(say, drawing, whose)
    if isinstance(drawing, Dots):
        return _dots(say, drawing, whose)
    if isinstance(drawing, Funnel):
        return funnel_caption(say, drawing, whose)
    if isinstance(drawing, Band):
        return distribution_caption(say, drawing, whose)
    for area in areas.modules().values():
        write = getattr(area, "CAPTIONS", {}).get(type(drawing))
        if write:
            written: Caption = write(say, drawing, whose)
            return written
    raise TypeError(f"no words for a {type(drawing).__name__}")


# ---------- XmR
def _xmr(say: Voice, drawing: Xmr, whose: str) -> Caption:
    _, kpi, last = say.words, say.kpis[drawing.kpi_id], drawing.points[-1]
    return Caption(
        headline=_xmr_headline(say, last),
        subtitle=_("{kpi} of {whose} per week, with its usual range", kpi=say.kpi(drawing.kpi_id), whose=whose),
        source=say.source(drawing.kpi_id),
        reading=_xmr_reading(say, last),
        key=key(say, drawing),
        headers=(_("Week from"), say.kpi(drawing.kpi_id), _("Average"), _("Usual range"), _("Finding")),
        rows=tuple(
            (
                say.day(point.period_start),
                say.figures.value(kpi, point.value, precise=True),
                say.figures.value(kpi, point.centre_line),
                say.figures.interval(kpi, point.lower_limit, point.upper_limit),
                say.finding(point.finding),
            )
            for point in drawing.points
        ),
        notes=tuple(_event(say, number, event) for number, event in enumerate(drawing.events, start=1)),
        is_time=True,
    )


def _xmr_headline(say: Voice, last: KpiSignal) -> str:
    _, kpi = say.words, say.kpi(last.kpi_id)
    return {
        "special_cause_improvement": _("{kpi} is better than usual, and more than chance explains", kpi=kpi),
        "special_cause_concern": _("{kpi} is worse than usual, and more than chance explains", kpi=kpi),
        "special_cause_neutral": _("{kpi} has moved from its usual level by more than chance", kpi=kpi),
        "common_cause": _("{kpi} moves as it always does: no signal", kpi=kpi),
        "too_few_points": _("{kpi} has too few weeks yet to tell change from chance", kpi=kpi),
    }[last.finding]


def _xmr_reading(say: Voice, last: KpiSignal) -> str:
    _, kpi = say.words, say.kpis[last.kpi_id]
    interval = say.figures.interval(kpi, last.lower_limit, last.upper_limit)
    if last.weeks > 1:
        return _(
            "The last point stands for {count} weeks up to the {week}, because single weeks held too little: {value}. "
            "Ordinary points lie in the range {interval}.",
            count=say.figures.count(last.weeks),
            week=say.figures.period("week", last.period_start),
            value=say.plain(last.kpi_id, last.value),
            interval=interval,
        )
    values = {
        "week": say.figures.period("week", last.period_start),
        "value": say.shown(last.kpi_id, last.value, period=f"week:{last.period_start}"),
        "interval": interval,
    }
    if last.is_trial:
        return _(
            "In the {week} the value was {value}. The usual range, {interval}, rests on few weeks and is provisional.",
            **values,
        )
    return _("In the {week} the value was {value}. Ordinary weeks lie in the range {interval}.", **values)


def _event(say: Voice, number: int, event: Event) -> str:
    _ = say.words
    return _("{number}: {day}, {text}", number=number, day=say.day(event.started_on), text=say.event(event))


# ---------- dots with intervals
def _dots(say: Voice, drawing: Dots, whose: str) -> Caption:
    _ = say.words
    values = [value for _link, value in drawing.rows]
    clear = sum(value.verdict in ("better_than_target", "worse_than_target") for value in values)
    total = say.figures.count(len(values))
    if drawing.target is None:
        headline = _("{kpi}: how sure each figure is", kpi=say.kpi(drawing.kpi_id))
    elif clear:
        headline = _(
            "{kpi}: more than chance sets {clear} of {total} apart from the target",
            kpi=say.kpi(drawing.kpi_id),
            clear=say.figures.count(clear),
            total=total,
        )
    else:
        headline = _("{kpi}: none of them differs from the target by more than chance", kpi=say.kpi(drawing.kpi_id))
    return Caption(
        headline=headline,
        subtitle=_(
            "{kpi}, {whose}, {period}; in order of name, not of rank",
            kpi=say.kpi(drawing.kpi_id),
            whose=whose,
            period=say.period_of(values[0]),
        ),
        source=say.source(drawing.kpi_id),
        reading=_dots_reading(say, drawing),
        key=key(say, drawing),
        headers=(_("Name"), say.kpi(drawing.kpi_id), _("Likely range (90%)"), _("Observations"), _("Against target")),
        rows=tuple(
            (
                say.link(link),
                say.cell(value),
                say.interval(value),
                say.figures.count(value.n),
                say.verdict(value.verdict),
            )
            for link, value in drawing.rows
        ),
    )


def _dots_reading(say: Voice, drawing: Dots) -> str:
    _ = say.words
    if drawing.target is None:
        return _("The dot is what was measured, the bar is the range in which the true value probably lies.")
    return _(
        "The dot is what was measured, the bar is the range in which the true value probably lies. "
        "Where the bar crosses the target line, it is too close to call."
    )


# ---------- bars
def _bars(say: Voice, drawing: Bars, whose: str) -> Caption:
    _, values = say.words, [value for _link, value in drawing.rows]
    short = [say.name(link) for link, value in drawing.rows if value.verdict == "worse_than_target"]
    kpi = say.kpi(drawing.kpi_id)
    if all(value.target is None for value in values):
        headline = _("{kpi} differs with the work", kpi=kpi)
    elif len(short) > NAMED_IN_A_HEADLINE:
        of = {"count": say.figures.count(len(short)), "total": say.figures.count(len(values))}
        headline = _("{kpi}: {count} of {total} not yet at target", kpi=kpi, **of)
    elif short:
        headline = _("{kpi}: not yet at target for {names}", kpi=kpi, names=say.listing(short))
    else:
        headline = _("{kpi}: nowhere short of the target by more than chance", kpi=kpi)
    return Caption(
        headline=headline,
        subtitle=_("{kpi} by {whose}, {period}", kpi=kpi, whose=whose, period=say.period_of(values[0])),
        source=say.source(drawing.kpi_id),
        reading=_("Bar: this period. Box: likely range. Upright tick: target. Small triangle: the period before."),
        key=key(say, drawing),
        headers=(_("Name"), kpi, _("Rests on"), _("Likely range (90%)"), _("Against target")),
        rows=tuple(
            (
                say.name(link),
                say.cell(value, precise=True),
                say.rests_on(value),
                say.interval(value, precise=True),
                say.verdict(value.verdict),
            )
            for link, value in drawing.rows
        ),
    )
