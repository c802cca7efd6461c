"""What a guide says about goals and expectations: where they stand, what they lack, what changed.

Belongs here: whole sentences, each figure with what it is compared with. Does not belong here: codes (`_guide_terms`),
other stages (`_guide_words`, `_guide_talk`), how a path is drawn (dbt_project).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Expectation
from pipelines.site.areas import _guide_terms as terms
from pipelines.site.areas import _sheet_goals, _tier_rules
from pipelines.site.areas._guide_contexts import Guide
from pipelines.site.areas._guide_parts import Expected, Goal, Ladder
from pipelines.site.areas._systemic_terms import linked
from pipelines.site.fragments import Voice


# ---------- 4 and 5: goals
def lacks(say: Voice, goal: Goal) -> str:
    """What a goal was agreed without."""
    _, plan = say.words, goal.plan
    missing = say.figures.listing([terms.lack(say, code) for code in goal.lacks])
    about, day = _about(say, goal), say.day(plan.held_on)
    return _("{goal}, agreed on {day}: without {missing}", goal=about, day=day, missing=missing)


def name(say: Voice, goal: Goal) -> str:
    """What a goal is about, from where to where and by when."""
    _ = say.words
    about, agreed = _about(say, goal), _sheet_goals.agreed(say, goal.plan)
    return _("{goal}, {agreed}", goal=about, agreed=agreed) if agreed else about


def _about(say: Voice, goal: Goal) -> str:
    """What a goal is about; of a KPI that cannot show whether it was reached, still its name."""
    measure = goal.plan.measure or ""
    return say.kpi(measure) if measure in say.kpis and not goal.plan.kpi_id else _sheet_goals.name(say, goal.plan)


def counts(say: Voice, goals: Sequence[Goal]) -> list[str]:
    """How many goals stand where, those that need somebody first; each with its mark."""
    _, found = say.words, []
    for code in terms.STATES:
        number = sum(goal.state == code for goal in goals)
        if number:
            found.append(_("{state}: {count}", state=terms.mark(say, code), count=say.figures.count(number)))
    return found


def answer(say: Voice, page: Guide) -> str:
    """What the goals ask for this week."""
    _ = say.words
    urgent = page.in_state("slipping", "at_risk", "overdue")
    if not any(goal.plan.is_open for goal in page.goals):
        return _("Nobody has an open goal. The first talk of the week can agree on one.")
    if not urgent:
        return _("No goal slips and none is past its day.")
    people = dict.fromkeys(goal.person.agent_id for goal in urgent)
    return _(
        "Goals that need a talk: {goals}, of {people} people. Ask what got in the way before changing the goal.",
        goals=say.figures.count(len(urgent)),
        people=say.figures.count(len(people)),
    )


def path(say: Voice, goal: Goal) -> list[str]:
    """Where a goal stands beside its path, and what would have happened anyway."""
    _, found = say.words, goal.progress
    noted = [_("Noted as achieved on {day}.", day=say.day(goal.plan.status_on))] if goal.state == "achieved" else []
    if found is None:
        return noted or [_("Ask how it went, and look at it together.")]
    if found.value_since is None or found.anyway_value is None:
        return [*noted, _sheet_goals.since(say, found)]
    return [*noted, _sheet_goals.since(say, found), _sheet_goals.anyway(say, found)]


def close(say: Voice, goal: Goal) -> str:
    """What to do with a goal that is past its day."""
    _ = say.words
    return {
        "reached": _("The figures say it was reached: say so, and close it."),
        "not_reached": _("The figures say it was not reached: ask what got in the way, and agree on the next step."),
    }.get(goal.progress.state if goal.progress else "", _("Close it or move the day, together."))


# ---------- 7: expectations
def amount(say: Voice, row: Expectation, x: float | None) -> str:
    """A standard as the expectation it is."""
    if row.basis == "ratio":
        return _tier_rules.anchor(say, row.kpi_id, row.basis, x)
    return say.expectation(row.kpi_id, x)


def since(say: Voice, row: Expectation) -> str:
    """Since when it holds."""
    _ = say.words
    return say.day(row.valid_from) if row.valid_from.year > 1900 else _("always")


def changes(say: Voice, held: Sequence[Expected]) -> list[str]:
    """What differs from what held before, newest first; each change told once."""
    _ = say.words
    rows = {row: None for part in held for _column, row in part.rows if row.previous_target is not None}
    newest = sorted(rows, key=lambda row: (row.valid_from, row.kpi_id), reverse=True)
    return [
        _(
            "{kpi}: {now} since {day}, before that {before}; decided by {owner}.",
            kpi=say.kpi(row.kpi_id),
            now=amount(say, row, row.target),
            day=say.day(row.valid_from),
            before=amount(say, row, row.previous_target),
            owner=_tier_rules.owner(say, row.owner),
        )
        for row in newest
    ]


def ladder(say: Voice, found: Ladder) -> str:
    """How one contact of one person adds to the team and the centre."""
    _, kpi = say.words, say.kpis[found.expectation.kpi_id]
    each = {
        "contacts": _("every contact"),
        "surveys": _("every answer to a survey"),
        "evaluations": _("every monitored contact"),
        "workdays": _("every working day"),
        "callbacks": _("every promised call-back"),
    }[kpi.source_table]
    return _(
        "{kpi} (weight {weight}): {each} counts in the person's figure, in the team's ({team}) and in the centre's "
        "({centre}).",
        kpi=linked(say, [found.column]),
        weight=say.figures.decided_share(found.expectation.weight or 0),
        each=each,
        team=say.cell(found.team),
        centre=say.cell(found.centre),
    )
