"""What the pages say about changes of the work: how much of a change came with it, and how much with how it was done.

Belongs here: text. Does not belong here: the split (dbt_project, fct_mix_shift), which rows a page shows (`systemic`).
"""

from __future__ import annotations

from pipelines.marts import Kpi, MixSegment, MixShift
from pipelines.site.areas._systemic_contexts import Mix
from pipelines.site.areas._systemic_gap import is_nothing, unsaid
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link


def period(say: Voice, found: MixShift) -> str:
    """The period of a change."""
    return say.figures.period(found.window_kind, found.window_start)


def sentences(say: Voice, mix: Mix) -> list[str]:
    """A change with its two parts, and what they say together; a change that may be chance is not explained."""
    _, found = say.words, mix.shift
    kpi, change = say.kpis[found.kpi_id], say.figures.change
    moved = _(
        "From {before} to {now} it went from {old} to {new} ({change}): {mix} came with other work, {performance} with "
        "how the same work was done.",
        before=say.figures.period(found.window_kind, found.previous_start),
        now=period(say, found),
        old=say.plain(found.kpi_id, found.value_before),
        new=say.plain(found.kpi_id, found.value_after),
        change=change(kpi, found.change),
        mix=unsaid(kpi, change(kpi, found.mix_part)),
        performance=unsaid(kpi, change(kpi, found.performance_part)),
    )
    if not mix.is_sure:
        return [moved, _("The likely ranges of both periods overlap, so the change may be no more than chance.")]
    return [moved, together(say, kpi, found)]


def together(say: Voice, kpi: Kpi, found: MixShift) -> str:
    """What the two parts say together, in one sentence."""
    _ = say.words
    mix, performance = found.mix_part, found.performance_part
    if is_nothing(say, kpi, mix) and is_nothing(say, kpi, performance):
        return _("Neither the work nor how it was done changed visibly.")
    if is_nothing(say, kpi, mix):
        return _("The work stayed the same; the change came with how it was done.")
    if is_nothing(say, kpi, performance):
        return _("The same work was done as before; the change came with the work.")
    if (mix > 0) == (performance > 0):
        if abs(mix) > abs(performance):
            return _("Both moved the same way, and the larger part came with the work.")
        return _("Both moved the same way, and the larger part came with how the work was done.")
    return _opposed(say, kpi, performance)


def _opposed(say: Voice, kpi: Kpi, performance: float) -> str:
    """The work moved one way, how it was done the other way."""
    _ = say.words
    if kpi.unit == "seconds":
        if performance < 0:
            return _("The same work got faster, while more of the work was of the slow kind.")
        return _("The same work got slower, while more of the work was of the quick kind.")
    if kpi.better == "neutral":
        return _("The work moved it one way, how it was done the other way.")
    if (performance > 0) == (kpi.better == "higher"):
        return _("The same work was done better, while the work got harder.")
    return _("The same work was done less well, while the work got easier.")


def work(say: Voice, names: tuple[Link, ...]) -> str:
    """A kind of work by its channel, queue, reason and segment."""
    return " · ".join(say.name(name) for name in names) or say.figures.count(None)


def moved(say: Voice, found: MixSegment) -> str:
    """A kind of work before and after; new work and work that has gone have one value."""
    kpi = say.kpis[found.kpi_id]
    return f"{say.figures.value(kpi, found.value_before)} → {say.figures.value(kpi, found.value_after)}"


def shares(say: Voice, found: MixSegment) -> str:
    """Its share of the work before and after."""
    return f"{say.figures.share(found.share_before)} → {say.figures.share(found.share_after)}"


def step(say: Voice, kpi_id: str, x: float) -> str:
    """A part of a change in a table that names the unit once."""
    kpi = say.kpis[kpi_id]
    return unsaid(kpi, say.figures.change(kpi, x, precise=True))


def in_points(say: Voice, kpi_id: str) -> bool:
    """Whether the parts are percentage points, which the table has to say."""
    return say.kpis[kpi_id].unit in ("share", "ratio")
