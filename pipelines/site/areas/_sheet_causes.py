"""What may lie behind a priority, as facts to check in the talk and never as a finding about the person.

Belongs here: causes and their facts in words. Does not belong here: which facts there are (fct_coaching_cause), what
to ask and offer (site_templates/advice/<language>/causes).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import CoachingCause
from pipelines.site.areas._sheet_book import on_paper
from pipelines.site.areas._sheet_contexts import Fact, Priority
from pipelines.site.fragments import Voice

CAUSES = ("skill", "workload", "personal", "job_fit")
FACTS_ON_PAPER = 1
DETAIL = 60
"""Room for the name of an item or a course."""


def cause(say: Voice, code: str) -> str:
    """A cause's name."""
    _ = say.words
    return {
        "skill": _("skill"),
        "workload": _("workload"),
        "personal": _("something personal"),
        "job_fit": _("work that fits less well"),
    }[code]


def heading(say: Voice, code: str) -> str:
    """A cause's name over its facts, which may speak for or against it."""
    _ = say.words
    return {
        "skill": _("Skill and method"),
        "workload": _("Workload"),
        "personal": _("Something personal"),
        "job_fit": _("How the work fits"),
    }[code]


def behind(say: Voice, priority: Priority) -> str:
    """What may lie behind a priority, in one line for paper."""
    _ = say.words
    if priority.row.cause in (None, "unknown"):
        return _("What lies behind it nobody knows yet: ask.")
    facts = [said(say, fact) for fact in priority.facts[:FACTS_ON_PAPER]]
    lead = _("May lie behind it: {cause}.", cause=cause(say, priority.row.cause or ""))
    return say.sentences([lead, *facts])


def said(say: Voice, fact: Fact) -> str:
    """One thing that was observed, or that it was not delivered."""
    _, row = say.words, fact.row
    if row.speaks == "not_delivered":
        return _absent(say, _code(row))
    if row.fact == "course_not_taken":
        return _course(say, row)
    values = {"amount": amount(say, row, row.amount), "comparison": amount(say, row, row.comparison)}
    if row.fact == "items_missed" and row.detail:
        item = on_paper(row.detail, DETAIL)
        return _("“{item}” missed in {amount}, by colleagues in {comparison}.", item=item, **values)
    if row.fact == "broad_change" and row.speaks == "for":
        return _("The score moved by {amount}, surely and on most measures.", amount=values["amount"])
    if row.fact == "broad_change":
        return _("The score moved by {amount}: not surely, or not on most measures.", amount=values["amount"])
    if row.fact == "long_handling":
        return _("{kpi}: {amount}, people in comparable work {comparison}.", kpi=say.kpi(row.kpi_id or ""), **values)
    if row.fact == "uneven_work":
        kpi, work = say.kpi(row.kpi_id or ""), " · ".join(say.name(link) for link in fact.work)
        return _("{kpi} in {work}: {amount}, in other work {comparison}.", kpi=kpi, work=work, **values)
    return {
        "items_missed": _("Of all items {amount} missed, colleagues {comparison}.", **values),
        "busy": _("Busy {amount} of the time, the centre {comparison}.", **values),
        "hours_beyond_plan": _("Hours beyond the plan: {amount}, colleagues {comparison}.", **values),
    }[_code(row)]


def _code(row: CoachingCause) -> str:
    """What a fact is called here; one that is a KPI's own figure is about being busy."""
    return "busy" if row.fact == row.kpi_id else row.fact


def _absent(say: Voice, code: str) -> str:
    _ = say.words
    return {
        "items_missed": _("Items of quality forms were not delivered."),
        "course_not_taken": _("Courses were not delivered."),
        "busy": _("Busy and waiting time were not delivered."),
        "hours_beyond_plan": _("Hours of work were not delivered."),
        "long_handling": _("Handling times were not delivered."),
        "broad_change": _("Too little is known of earlier months."),
        "uneven_work": _("Kinds of work were not delivered."),
    }[code]


def _course(say: Voice, row: CoachingCause) -> str:
    _, course = say.words, on_paper(row.detail, DETAIL)
    if row.speaks == "against":
        return _("The course “{course}” was attended.", course=course)
    return _("The course “{course}” was not attended yet.", course=course)


def amount(say: Voice, row: CoachingCause, x: float | None) -> str:
    """A figure of a fact: as its KPI is written, else in its unit."""
    _, write = say.words, say.figures
    if row.kpi_id in say.kpis:
        return say.plain(row.kpi_id or "", x)
    if row.unit == "hours":
        return _("{hours} hours", hours=write.number(x, 1))
    if row.unit == "points":
        return _("{points} points", points=write.signed(x))
    return write.share(x, 0)


def speaking(facts: Sequence[Fact], code: str, speaks: str) -> list[Fact]:
    """The facts that speak for or against a cause, or were not delivered."""
    return [fact for fact in facts if (fact.row.cause, fact.row.speaks) == (code, speaks)]
