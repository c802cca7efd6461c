"""What stands around the pictures about coaching and training, and the meanings of their marks."""

from __future__ import annotations

from pipelines.site.areas import _effect_words
from pipelines.site.areas._effect_drawings import Comparison, Decay, Ranges
from pipelines.site.areas._effect_figures import gains, size
from pipelines.site.captions import Caption
from pipelines.site.drawings import Drawing
from pipelines.site.fragments import Voice
from pipelines.site.keys import key


def ranges_caption(say: Voice, drawing: Ranges, whose: str) -> Caption:
    """What programmes changed, between two estimates."""
    _, kpi, count = say.words, say.kpis[drawing.kpi_id], say.figures.count
    measured = sum(row.effect.is_measurable_gain for row in drawing.rows)
    values = {"kpi": say.kpi(drawing.kpi_id), "total": count(len(drawing.rows))}
    return Caption(
        headline=_("{kpi}: a measurable gain in {gains} of {total} comparisons", gains=count(measured), **values)
        if measured
        else _("{kpi}: a measurable gain in none of {total} comparisons", **values),
        subtitle=_(
            "Gain in {kpi} compared with colleagues, {whose}, {unit}; to the right is better",
            kpi=say.kpi(drawing.kpi_id),
            whose=whose,
            unit=_effect_words.counted_in(say, drawing.kpi_id),
        ),
        source=_source(say, drawing, drawing.rows),
        reading=_(
            "Each bar reaches from one careful estimate to the other. Gains inside the shaded band are easily missed "
            "with so few people. The diamond is what a plain before and after would have claimed."
        ),
        key=key(say, drawing),
        headers=(
            _("Programme"),
            _("First estimate"),
            _("Second estimate"),
            _("Before and after"),
            _("Smallest detectable gain"),
            _("What can be said"),
        ),
        rows=tuple(
            (
                say.name(row.name),
                *gains(
                    say.figures, kpi, (row.effect.skip_did_gain, row.effect.ancova_gain, row.effect.before_after_gain)
                ),
                size(say.figures, kpi, row.effect.minimum_detectable_gain),
                _effect_words.in_short(say, row.effect),
            )
            for row in drawing.rows
        ),
    )


def decay_caption(say: Voice, drawing: Decay, whose: str) -> Caption:
    """What is left of the gains month by month."""
    _, kpi, count = say.words, say.kpis[drawing.kpi_id], say.figures.count
    left = sum(row.months[-1].gain_low > 0 for row in drawing.rows)
    return Caption(
        headline=_(
            "{kpi}: still to be seen in the latest month, {left} of {total} gains",
            kpi=say.kpi(drawing.kpi_id),
            left=count(left),
            total=count(len(drawing.rows)),
        ),
        subtitle=_(
            "Gain in {kpi} by days since the start, {whose}, {unit}; up is better",
            kpi=say.kpi(drawing.kpi_id),
            whose=whose,
            unit=_effect_words.counted_in(say, drawing.kpi_id),
        ),
        source=_source(say, drawing, drawing.rows),
        reading=_(
            "One point per month after the month of the start; 30 stands for days 1 to 30, 60 for 31 to 60, and so on. "
            "Where the bar crosses the line of no difference, that month alone proves nothing."
        ),
        key=key(say, drawing),
        headers=(_("Programme"), _("Days after"), _("Gain"), _("Likely range (90%)"), _("Took part"), _("Colleagues")),
        rows=tuple(
            (
                say.name(row.name),
                say.figures.range(month.from_days_after, month.to_days_after),
                gains(say.figures, kpi, (month.gain,))[0],
                _("{low} to {high}", low=low, high=high),
                count(month.n_treated),
                count(month.n_control),
            )
            for row in drawing.rows
            for month in row.months
            for low, high in (gains(say.figures, kpi, (month.gain_low, month.gain_high)),)
        ),
    )


def _source(say: Voice, drawing: Drawing, rows: tuple[Comparison, ...]) -> str:
    _ = say.words
    logs = {"coaching": _("coaching log"), "course": _("training records")}
    used = dict.fromkeys(logs[row.effect.programme_kind] for row in rows)
    return _("Source: {tables}", tables=say.listing([*used, say.rows_of(say.kpis[drawing.kpi_id].source_table)]))


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks in these pictures."""
    _ = say.words
    return {
        "effect_measurable": _("measurable gain, from one estimate to the other"),
        "effect_not_measurable": _("no measurable gain"),
        "effect_not_assessable": _("cannot tell"),
        "naive": _("what before and after claims"),
        "detectable": _("easily missed with so few people"),
        "value": _("gain compared with colleagues"),
        "interval": _("likely range (90%)"),
        "centre": _("no difference"),
    }
