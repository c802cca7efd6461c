"""What a coaching guide says first, and about the order of talks.

Belongs here: whole sentences about the team, the order of talks, what to plan. Does not belong here: goals and
expectations (`_guide_goals`), strengths, evidence, practice and praise (`_guide_talk`), coverage (`_guide_health`),
codes (`_guide_terms`), how to do a stage (site_templates/advice).
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.marts import CoachingFocus
from pipelines.site import answers
from pipelines.site.areas import _guide_terms as terms
from pipelines.site.areas import _sheet_words, _systemic_terms
from pipelines.site.areas._guide_contexts import Guide, TeamPart
from pipelines.site.areas._guide_parts import Person, Turn
from pipelines.site.areas._systemic_contexts import Verdict
from pipelines.site.areas._systemic_terms import linked
from pipelines.site.fragments import Voice
from pipelines.site.parts import Column

NEWS = 2
"""Changes of the team told by name."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("The team leader's week in nine stages: who first and why, what to say, what to agree.")


# ---------- the top
def below(say: Voice, page: Guide) -> str:
    """Whose guide it is."""
    _, size = say.words, say.figures.count(page.size)
    if page.leader:
        return _("For {leader} · people: {size}", leader=terms.name(page.leader), size=size)
    return _("For the team leader · people: {size}", size=size)


def trust(say: Voice, page: Guide) -> list[str]:
    """Can the figures be relied on this week?"""
    _, status = say.words, page.status
    if status.as_of is None:
        return [_("No dated data were delivered, so this guide can say little.")]
    said = [_("Figures to {day}.", day=say.day(status.as_of))]
    if status.refused:
        said.append(_("Rows refused: {tables}.", tables=say.refused(status.refused)))
    absent = [table for table in status.tables if table.table_name in page.missing]
    if absent:
        said.append(_("Not delivered: {tables}. What would rest on them is left out.", tables=say.tables(absent)))
    elif not status.refused:
        said.append(_("Everything this guide rests on was delivered."))
    return said


def answer(say: Voice, page: Guide) -> list[str]:
    """What changed, whose it is, and whom to see first."""
    return [said for said in (changed(say, page), whose(say, page), first(say, page)) if said]


def changed(say: Voice, page: Guide) -> str:
    """Did anything truly change for this team? The findings of the team's own page."""
    _ = say.words
    told = [notice for notice in page.notices if notice.attention.finding in answers.SIGNALS][:NEWS]
    if told:
        return say.sentences([answers.signal(say, notice) for notice in told])
    better, worse = (
        [line.kpi_id for line in page.lines if line.moved == finding]
        for finding in (answers.IMPROVEMENT, answers.CONCERN)
    )
    said = [_("Better than usual by more than chance: {kpis}.", kpis=say.names(better))] if better else []
    if worse:
        said.append(_("Worse than usual by more than chance: {kpis}. Ask what changed.", kpis=say.names(worse)))
    if said:
        return say.sentences(said)
    if any(line.latest for line in page.lines):
        return _(
            "No measure of this team left its usual range. What moved is ordinary variation and needs no reaction."
        )
    return _("There are too few weeks yet to tell a real change of this team from chance.")


def whose(say: Voice, page: Guide) -> str:
    """Is it the team or the centre? Empty where nothing was compared with a target."""
    _, part = say.words, page.prepare
    wide = linked(say, [found.column for found in part.centre])
    own = linked(say, part.team)
    if part.centre and part.team:
        return _(
            "Not a matter for single talks: the whole centre falls short on {wide}, this team as a whole on {own}.",
            wide=wide,
            own=own,
        )
    if part.centre:
        return _("It is the centre, not this team: {wide}. Nobody is coached on that.", wide=wide)
    if part.team:
        return _("This team as a whole falls short on {own}: look at what it has or lacks first.", own=own)
    if part.is_judged:
        return _("Neither the centre nor this team as a whole falls short by more than chance.")
    return ""


def first(say: Voice, page: Guide) -> str:
    """Whom to see first and why, and how far the week reaches; empty without an order."""
    _, part = say.words, page.prepare
    if not part.turns:
        return ""
    turn = part.turns[0]
    begin = _("Begin with {name}: {reason}.", name=person(say, turn.person), reason=main_reason(say, turn))
    return say.sentences([begin, capacity(say, page)])


def capacity(say: Voice, page: Guide) -> str:
    """How many of the team the hours of the week reach."""
    _, part = say.words, page.prepare
    hours, reached, everybody = say.figures.decided(part.hours or 0), len(part.fitting), len(part.turns)
    if not part.others:
        return _("This week's coaching time ({hours} h) reaches everybody.", hours=hours)
    return _(
        "This week's coaching time ({hours} h) reaches {reached} of {people} people.",
        hours=hours,
        reached=say.figures.count(reached),
        people=say.figures.count(everybody),
    )


# ---------- 1 prepare
def person(say: Voice, found: Person) -> Markup:
    """A name, leading to the sheet where there is one, else to the person's page."""
    return Markup('<a href="{}">{}</a>').format(found.sheet or found.link.href, say.name(found.link))


def main_reason(say: Voice, turn: Turn) -> str:
    """Why somebody stands where they stand, as a clause."""
    return reason(say, turn, turn.row.main_reason)


def more_reasons(say: Voice, turn: Turn) -> str:
    """What else speaks for a talk; empty when nothing does."""
    _, others = say.words, [code for code in turn.reasons if code not in (turn.row.main_reason, "routine")]
    if not others:
        return ""
    said = reason(say, turn, others[0])
    for code in others[1:]:
        said = _("{one}; {other}", one=said, other=reason(say, turn, code))
    return _("Also: {reasons}.", reasons=said)


def reason(say: Voice, turn: Turn, code: str) -> str:
    """One reason to talk, with what it is about where that is known."""
    _ = say.words
    known = {
        "plan_slipping": [
            say.kpi(goal.plan.kpi_id) for goal in turn.goals if goal.plan.kpi_id and goal.state == "slipping"
        ],
        "priority": [_sheet_words.subject(say, focus) for focus in turn.priorities],
    }.get(code)
    if known and code == "plan_slipping":
        return _("the goal on {kpis} is slipping", kpis=say.figures.listing(known))
    if known:
        return _("not in a plan yet: {subjects}", subjects=say.figures.listing(known))
    due = min((goal.plan.due_on for goal in turn.goals if goal.plan.due_on), default=None)
    if code == "plan_due" and due:
        return _("a goal due on {day}", day=say.day(due))
    return {
        "asked": _("waiting for an answer to a dispute or comment"),
        "complaint": _("a justified complaint has not been talked about"),
        "plan_slipping": _("a goal is slipping"),
        "plan_due": _("a goal is due"),
        "new_starter": _("new here, and not seen for a while"),
        "priority": _("a priority is not in a plan yet"),
        "overdue": _("no talk for a long time"),
        "recognition": _("something to praise that was not said yet"),
        "routine": _("the regular talk"),
    }[code]


def turn(say: Voice, found: Turn) -> str:
    """When the last talk was, and what is suggested for the next."""
    _, row = say.words, found.row
    said = [
        _("no talk on record")
        if row.days_since_last is None
        else _("days since the last talk: {days}", days=say.figures.count(row.days_since_last)),
        terms.form(say, row.form),
        _("{minutes} min", minutes=say.figures.count(row.minutes_suggested)),
    ]
    return " · ".join(said)


def cut(say: Voice, page: Guide) -> str:
    """What stands at the line where the hours end."""
    _, part = say.words, page.prepare
    return _("This week's {hours} h reach to here", hours=say.figures.decided(part.hours or 0))


def minutes(say: Voice, page: Guide) -> str:
    """The minutes behind the line."""
    _, part = say.words, page.prepare
    return _(
        "{fitting} of {all} suggested minutes fit into the {hours} h of this week.",
        fitting=say.figures.count(part.minutes_fitting),
        all=say.figures.count(part.minutes_all),
        hours=say.figures.decided(part.hours or 0),
    )


def shared(say: Voice, found: Verdict) -> str:
    """A shortfall of the whole centre, and whose it is."""
    _ = say.words
    return _(
        "{kpi}: take it to {who}, and look first at “{owner}”.",
        kpi=linked(say, [found.column]),
        who=_systemic_terms.who(say, found.row.likely_owner),
        owner=_systemic_terms.owner(say, found.row),
    )


def column(say: Voice, found: Column) -> Markup:
    """A KPI with its page."""
    return Markup('<a href="{}">{}</a>').format(found.href, say.kpi(found.kpi_id))


# ---------- 4 plan
def priority(say: Voice, focus: CoachingFocus) -> str:
    """What to agree on, in which form, and what may be behind it."""
    _ = say.words
    form, why = focus.form and terms.form(say, focus.form), terms.why_form(say, focus.form_reason)
    if form and why:
        form = _("{form}, because {why}", form=form, why=why)
    what, cause = _sheet_words.title(say, focus), terms.cause(say, focus.cause)
    if form and cause:
        return _("{subject} ({cause}; {form})", subject=what, cause=cause, form=form)
    return _("{subject} ({more})", subject=what, more=form or cause) if form or cause else what


# ---------- the team's page
def on_team(say: Voice, part: TeamPart) -> str:
    """Whom to see first; empty without an order."""
    _ = say.words
    if part.first is None:
        return ""
    return _(
        "First this week is {name}: {reason}.",
        name=person(say, part.first.person),
        reason=main_reason(say, part.first),
    )
