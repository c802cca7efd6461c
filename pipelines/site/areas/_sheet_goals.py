"""Goals in words: what was agreed, where it stands against the agreed path, what would have happened anyway.

Belongs here: text about goals, the steps they went through, and what the person answered. Does not belong here: the
path and its band (fct_coaching_progress), the picture (charts/goal_path).
"""

from __future__ import annotations

from markupsafe import Markup

from pipelines.charts.goal_path import goal_path
from pipelines.marts import AgentResponse, CoachingPlan, CoachingProgress
from pipelines.site.areas._sheet_book import on_paper
from pipelines.site.areas._sheet_contexts import Goal
from pipelines.site.fragments import Voice

COMMENT, NAME = 130, 70
"""Room on paper for the person's own words, and for a goal without a KPI."""
SHAPES = {
    "on_track": "◆", "reached": "◆", "at_risk": "●", "slipping": "■", "not_reached": "■", "cannot_tell": "○",
    "not_started": "○",
}  # fmt: skip
"""One shape per state, so that no state is told by colour."""


def name(say: Voice, plan: CoachingPlan, *, is_short: bool = False) -> str:
    """What a goal is about: its KPI, else how success is seen, else the topic of the talk."""
    _ = say.words
    if kpi_id := _kpi(say, plan):
        return say.kpi(kpi_id)
    words = plan.measure or plan.topic or ""
    return (on_paper(words, NAME) if is_short else words) or _("A goal without a measure")


def _kpi(say: Voice, plan: CoachingPlan) -> str:
    """The KPI in whose figures a goal was agreed, also where it shows nothing about it; else empty."""
    return next((name for name in (plan.kpi_id, plan.measure) if name and name in say.kpis), "")


def agreed(say: Voice, plan: CoachingPlan) -> str:
    """From where to where, and by when."""
    _, day, kpi_id = say.words, say.day(plan.due_on), _kpi(say, plan)
    if not kpi_id or plan.target_value is None:
        return _("by {day}", day=day) if plan.due_on else ""
    target = say.plain(kpi_id, plan.target_value)
    if plan.baseline_value is None:
        return _("to {target} by {day}", target=target, day=day)
    before = say.plain(kpi_id, plan.baseline_value)
    return _("from {before} to {target} by {day}", before=before, target=target, day=day)


def state(say: Voice, code: str) -> str:
    """Where a goal stands."""
    _ = say.words
    return {
        "on_track": _("on track"),
        "at_risk": _("at risk"),
        "slipping": _("slipping"),
        "reached": _("reached"),
        "not_reached": _("not reached"),
        "cannot_tell": _("cannot tell yet"),
        "not_started": _("nothing observed yet"),
    }[code]


def marked(say: Voice, goal: Goal) -> Markup:
    """The state with its shape; empty of a goal that no KPI shows."""
    if goal.progress is None:
        return Markup("")
    code = goal.progress.state
    return Markup('<span class="fw-state"><span aria-hidden="true">{}</span> {}</span>').format(
        SHAPES[code], state(say, code)
    )


def line(say: Voice, goal: Goal) -> Markup:
    """What was agreed, where it stands and what people noted, in one line."""
    parts = [agreed(say, goal.plan), marked(say, goal), noted(say, goal.plan)]
    return Markup(" · ").join(part for part in parts if part)


def status(say: Voice, code: str) -> str:
    """What became of a goal by what people wrote down."""
    _ = say.words
    return {
        "agreed": _("agreed"),
        "in_progress": _("in progress"),
        "achieved": _("achieved"),
        "revised": _("revised"),
    }[code]


def noted(say: Voice, plan: CoachingPlan) -> str:
    """The status with its day, and whether the due day has passed."""
    _ = say.words
    said = _("{status} ({day})", status=status(say, plan.status), day=say.day(plan.status_on))
    return _("{status}, due day passed", status=said) if plan.is_overdue else said


def since(say: Voice, found: CoachingProgress) -> str:
    """The figure since the talk beside the agreed path."""
    _ = say.words
    if found.value_since is None:
        return _("Nothing was observed since the talk.")
    value, path = say.plain(found.kpi_id, found.value_since), say.plain(found.kpi_id, found.path_value)
    if found.value_low is None or found.value_high is None:
        return _("Since the talk {value}, too few to say how sure; agreed path {path}.", value=value, path=path)
    interval = say.figures.interval(say.kpis[found.kpi_id], found.value_low, found.value_high)
    return _(
        "Since the talk {value} (likely {interval}), agreed path {path}.", value=value, interval=interval, path=path
    )


def anyway(say: Voice, found: CoachingProgress) -> str:
    """Whether it is more than what would have come without any coaching."""
    _ = say.words
    if found.anyway_value is None or found.value_since is None:
        return _("What would have happened anyway is not known.")
    expected = say.plain(found.kpi_id, found.anyway_value)
    return {
        "beyond": lambda: _("Better than what would have happened anyway ({expected}).", expected=expected),
        "as_predicted": lambda: _("About what would have happened anyway ({expected}).", expected=expected),
        "below": lambda: _("Less than what would have happened anyway ({expected}).", expected=expected),
        "cannot_tell": lambda: _("Not yet clear of what would have happened anyway ({expected}).", expected=expected),
    }[found.beyond_anyway]()


def picture(say: Voice, goal: Goal) -> Markup:
    """The weeks of a goal over the agreed path."""
    _, weeks = say.words, goal.weeks
    return goal_path(
        [week.value for week in weeks],
        [week.path_value for week in weeks],
        [week.path_low for week in weeks],
        [week.path_high for week in weeks],
        target=goal.progress.target_value if goal.progress else 0.0,
        label=_("{goal}, week by week", goal=name(say, goal.plan)),
    )


def comment(plan: CoachingPlan) -> str:
    """What the person said last time, as short as paper allows."""
    return on_paper(plan.agent_comment or "", COMMENT)


# ---------- answers
def about(say: Voice, code: str) -> str:
    """What a response is about."""
    _ = say.words
    return {
        "coaching": _("the talk"),
        "tier": _("the tier"),
        "evaluation": _("a monitored contact"),
        "complaint": _("a complaint"),
        "figures": _("the figures"),
    }[code]


def response(say: Voice, row: AgentResponse) -> str:
    """What somebody did, about what, and when."""
    _ = say.words
    values = {"day": say.day(row.responded_on), "about": about(say, row.about)}
    return {
        "acknowledged": lambda: _("{day}: acknowledged {about}.", **values),
        "comment": lambda: _("{day}: a comment on {about}.", **values),
        "disputed": lambda: _("{day}: disputed {about}.", **values),
    }[row.kind]()


def answer(say: Voice, row: AgentResponse) -> str:
    """What was answered, or that nobody did yet."""
    _ = say.words
    if row.is_open:
        return _("No answer yet.")
    if row.answered_on is None:
        return ""
    outcome = {"changed": _("it was changed"), "stands": _("it stands")}.get(row.outcome or "")
    day = say.day(row.answered_on)
    return _("Answered on {day}: {outcome}.", day=day, outcome=outcome) if outcome else _("Answered on {day}.", day=day)
