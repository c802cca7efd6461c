"""What stands around the pictures of gaps and of changes of the work, and the meanings of their marks."""

from __future__ import annotations

from pipelines.figures import NOTHING
from pipelines.site.areas import _systemic_mix
from pipelines.site.areas._systemic_drawings import GapParts, MixSplit, Steps
from pipelines.site.areas._systemic_gap import unsaid
from pipelines.site.captions import Caption
from pipelines.site.fragments import Voice
from pipelines.site.keys import key


def gap_caption(say: Voice, drawing: GapParts, whose: str) -> Caption:
    """Gaps of a team or a person in steps."""
    _ = say.words
    is_team = drawing.rows[0].own is None
    last = () if is_team else (_("From the team to the person"),)
    return Caption(
        headline=_("How much of a distance is shared"),
        subtitle=_("Steps from the target to {whose}; plus is better, shares in percentage points", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_(
            "Every measure has its own scale. The steps add up to the distance, apart from rounding; all values are "
            "adjusted for the work and steadied."
        ),
        key=key(say, drawing),
        headers=(
            _("Measure"),
            _("Target"),
            _("Steadied"),
            _("Distance"),
            _("From the target to the centre"),
            _("From the centre to the team"),
            *last,
        ),
        rows=tuple(_gap_row(say, steps) for steps in drawing.rows),
    )


def _gap_row(say: Voice, steps: Steps) -> tuple[str, ...]:
    change, kpi = say.figures.change, say.kpis[steps.kpi_id]
    parts = (steps.gap, steps.centre, steps.team, *(() if steps.own is None else (steps.own,)))
    return (
        say.kpi(steps.kpi_id),
        say.plain(steps.kpi_id, steps.target),
        say.plain(steps.kpi_id, steps.value),
        *(change(kpi, part) for part in parts),
    )


def mix_caption(say: Voice, drawing: MixSplit, whose: str) -> Caption:
    """A KPI by month with the two parts of each change."""
    _, kpi, last = say.words, say.kpis[drawing.kpi_id], drawing.months[-1]
    change, first = say.figures.change, drawing.months[0]
    shifts = tuple(
        (
            _systemic_mix.period(say, shift),
            say.plain(drawing.kpi_id, shift.value_after),
            change(kpi, shift.change),
            change(kpi, shift.mix_part),
            change(kpi, shift.performance_part),
        )
        for shift in reversed(drawing.months)
    )
    start = say.figures.period(first.window_kind, first.previous_start)
    before = (start, say.plain(drawing.kpi_id, first.value_before))
    return Caption(
        headline=_(
            "{month}: {change} from the month before, {mix} of it with other work",
            month=_systemic_mix.period(say, last),
            change=change(kpi, last.change),
            mix=unsaid(kpi, change(kpi, last.mix_part)),
        ),
        subtitle=_(
            "{kpi} of {whose} by month, and what its changes came with", kpi=say.kpi(drawing.kpi_id), whose=whose
        ),
        source=say.source(drawing.kpi_id),
        reading=_(
            "Above the value, below its change from the month before in two parts that add up. Months vary by chance "
            "too; the chart of the weeks says what is more than that."
        ),
        key=key(say, drawing),
        headers=(_("Month"), say.kpi(drawing.kpi_id), _("Change"), _("With other work"), _("With how it was done")),
        rows=(*shifts, (*before, NOTHING, NOTHING, NOTHING)),
        about=tuple((number,) for number in range(len(drawing.months) + 1, 0, -1)),
        is_time=True,
    )


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks in these pictures."""
    _ = say.words
    return {
        "part_centre": _("from the target to the centre"),
        "part_team": _("from the centre to the team"),
        "part_person": _("from the team to the person"),
        "target": _("target"),
        "value": _("measured value"),
        "mix": _("change that came with other work"),
        "performance": _("change that came with how the same work was done"),
        "total": _("whole change"),
    }
