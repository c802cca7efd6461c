"""What may lie behind a priority, as facts to check in the talk and never as a finding about the person.

Belongs here: causes and their facts in words. Does not belong here: which facts there are (fct_coaching_cause), what
to ask and offer (site_templates/advice/<language>/causes).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import CoachingCause
from pipelines.site.areas._sheet_contexts import Priority
from pipelines.site.fragments import Voice

CAUSES = ("skill", "workload", "personal", "job_fit")
FACTS_ON_PAPER = 1


def cause(say: Voice, code: str) -> str:
    """A cause's name."""
    _ = say.words
    return {
        "skill": _("skill"),
        "workload": _("workload"),
        "personal": _("something personal"),
        "job_fit": _("work that fits less well"),
    }[code]


def behind(say: Voice, priority: Priority) -> str:
    """What may lie behind a priority, in one line for paper."""
    _ = say.words
    if priority.row.cause in (None, "unknown"):
        return _("What lies behind it nobody knows yet: ask.")
    facts = [fact(say, row) for row in priority.facts[:FACTS_ON_PAPER]]
    lead = _("May lie behind it: {cause}.", cause=cause(say, priority.row.cause or ""))
    return say.sentences([lead, *facts])


def fact(say: Voice, row: CoachingCause) -> str:
    """One thing that was observed."""
    _ = say.words
    if row.speaks == "not_delivered":
        return {
            "items_missed": _("Items of quality forms were not delivered."),
            "course_not_taken": _("Courses were not delivered."),
            "occupancy": _("Busy and waiting time were not delivered."),
            "hours_beyond_plan": _("Hours of work were not delivered."),
            "long_handling": _("Handling times were not delivered."),
            "broad_change": _("Too little is known of earlier months."),
            "uneven_work": _("Kinds of work were not delivered."),
        }[row.fact]
    values = {"amount": amount(say, row, row.amount), "comparison": amount(say, row, row.comparison)}
    named = values | {"detail": detail(say, row)}
    return {
        "items_missed": lambda: _("“{detail}” missed in {amount}, by colleagues in {comparison}.", **named),
        "course_not_taken": lambda: _course(say, row),
        "occupancy": lambda: _("Busy {amount} of the time, colleagues {comparison}.", **values),
        "hours_beyond_plan": lambda: _("Worked {amount} beyond the plan, colleagues {comparison}.", **values),
        "long_handling": lambda: _("{detail}: {amount}, expected for this work {comparison}.", **named),
        "broad_change": lambda: _("All measures together moved by {amount} against the own usual level.", **values),
        "uneven_work": lambda: _("{detail}: {amount}, in other work {comparison}.", **named),
    }[row.fact]()


def _course(say: Voice, row: CoachingCause) -> str:
    _ = say.words
    if row.speaks == "against":
        return _("The course “{course}” was attended.", course=row.detail)
    return _("The course “{course}” was not attended yet.", course=row.detail)


def detail(say: Voice, row: CoachingCause) -> str:
    """What a fact is about: a KPI by its name, everything else as delivered."""
    return say.kpi(row.detail) if row.detail in say.kpis else row.detail


def amount(say: Voice, row: CoachingCause, x: float | None) -> str:
    """A figure of a fact in its unit."""
    _, write = say.words, say.figures
    if row.unit == "share":
        return write.share(x, 0)
    if row.unit == "hours":
        return _("{hours} hours", hours=write.number(x, 1))
    if row.unit == "seconds":
        return write.seconds(x)
    if row.unit == "points":
        return _("{points} points", points=write.signed(x))
    return write.count(x)


def speaking(rows: Sequence[CoachingCause], code: str, speaks: str) -> list[CoachingCause]:
    """The facts that speak for or against a cause, or were not delivered."""
    return [row for row in rows if (row.cause, row.speaks) == (code, speaks)]
