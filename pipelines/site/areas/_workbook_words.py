"""What the coaching workbook says: headings, choices, hints, the goal as agreed, the instructions.

Belongs here: text. The headings and choices are read back by dbt_project/exports/coaching_workbook.yml; a round trip in
both languages keeps the two alike. Does not belong here: which rows there are (`workbooks`).
"""

from __future__ import annotations

from pipelines.downloads.workbook import Column, Sheet
from pipelines.marts import CoachingPlan
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice

GROUP = {
    "session": "", "goal": "", "agent": "", "name": "", "agreed": "",
    "leader": "plan",
    "reviewed_on": "review", "status": "review", "note": "review", "method": "review",
    "held_on": "plan", "form": "plan", "trigger": "plan", "minutes": "plan", "topic": "plan", "term": "plan",
    "kpi": "plan", "baseline": "plan", "target": "plan", "measure": "plan", "due_on": "plan", "steps": "plan",
    "owner": "plan", "resources": "plan", "career": "plan", "view": "plan", "confirmed_on": "plan",
    "response": "response", "about": "response", "reference": "response", "words": "response",
    "responded_on": "response", "answered_on": "response", "answer": "response", "outcome": "response",
}  # fmt: skip
"""Which part of the talk a column belongs to; the first ones are never filled in by hand."""
ORDER_OF_COLUMNS = tuple(GROUP)
TEXT_LENGTH = 200


def columns(say: Voice, kpi_choices: tuple[str, ...]) -> tuple[Column, ...]:
    """Every column, in `ORDER_OF_COLUMNS`."""
    made = _about(say) | _review(say) | _plan(say, kpi_choices) | _response(say)
    return tuple(made[name] for name in ORDER_OF_COLUMNS)


def _about(say: Voice) -> dict[str, Column]:
    _ = say.words
    return {
        "session": Column(_("Session no."), 18),
        "goal": Column(_("Goal no."), 8),
        "agent": Column(_("Agent ID"), 11),
        "name": Column(_("Agent"), 18),
        "agreed": Column(_("Agreed so far"), 38),
        "leader": Column(_("Team leader"), 16),
    }


def _review(say: Voice) -> dict[str, Column]:
    _ = say.words
    return {
        "reviewed_on": Column(_("Review date"), 12, is_date=True),
        "status": Column(
            _("Where it stands"), 14, choices=(_("In progress"), _("Achieved"), _("Plan changed"))
        ),
        "note": Column(_("What was said"), 34, _("What moved, what did not, in a sentence.")),
        "method": Column(_("What we try instead"), 28, _("Only when the plan changed.")),
    }  # fmt: skip


def _plan(say: Voice, kpi_choices: tuple[str, ...]) -> dict[str, Column]:
    _ = say.words
    return {
        "held_on": Column(_("Talk held on"), 12, _("Leave empty until the talk has taken place."), is_date=True),
        "form": Column(_("Kind of talk"), 14, choices=(_("One-to-one"), _("Group session"), _("Role-play"))),
        "trigger": Column(_("Why now"), 18, choices=(_("Planned"), _("After something went wrong"))),
        "minutes": Column(_("Minutes"), 9, least=0),
        "topic": Column(_("Topic"), 24),
        "term": Column(_("Term"), 12, choices=(term(say, "short"), term(say, "long"))),
        "kpi": Column(_("Figure to move"), 30, _("Leave empty if no figure shows it."), kpi_choices),
        "baseline": Column(_("Value at the start"), 10, _("As on the sheet; a share as 0.72 or 72%."), least=0),
        "target": Column(_("Value to reach"), 10, least=0),
        "measure": Column(_("How we will see it"), 26, _("In words, where no figure shows it.")),
        "due_on": Column(_("Due on"), 12, is_date=True),
        "steps": Column(_("Steps"), 36, _("One step per line; Alt and Enter begin a new line.")),
        "owner": Column(_("Who does it"), 16),
        "resources": Column(_("Help and material"), 24),
        "career": Column(_("Wants to become"), 22),
        "view": Column(_("The agent's own view"), 34, _("In the agent's words.")),
        "confirmed_on": Column(_("Agent confirmed on"), 12, is_date=True),
    }


def _response(say: Voice) -> dict[str, Column]:
    _ = say.words
    about = (_("This talk"), _("A figure"), _("An evaluation"), _("A complaint"), _("The tier"))
    return {
        "response": Column(_("Response"), 13, choices=(_("Confirms"), _("Comments"), _("Disputes"))),
        "about": Column(_("About what"), 16, choices=about),
        "reference": Column(_("Which one"), 16, _("Number of the evaluation or complaint, or the quarter.")),
        "words": Column(_("In the agent's words"), 34),
        "responded_on": Column(_("Said on"), 12, is_date=True),
        "answered_on": Column(_("Answered on"), 12, is_date=True),
        "answer": Column(_("Answer"), 34),
        "outcome": Column(_("What came of it"), 14, choices=(_("Corrected"), _("Stands as it is"))),
    }


def term(say: Voice, horizon: str) -> str:
    """Short or long term, as the list offers it."""
    _ = say.words
    return _("Long term") if horizon == "long" else _("Short term")


def agreed(say: Voice, goal: CoachingPlan) -> str:
    """A goal in one or two lines: what, from where to where, by when."""
    _ = say.words
    due = say.figures.day(goal.due_on) if goal.due_on else _("no date")
    named = say.kpi(goal.measure) if goal.measure and goal.measure in say.kpis else goal.measure
    subject = named or goal.topic or _("a goal without words")
    if goal.kpi_id and goal.baseline_value is not None and goal.target_value is not None:
        start, aim = say.plain(goal.kpi_id, goal.baseline_value), say.plain(goal.kpi_id, goal.target_value)
        first = _("{kpi}: from {start} to {aim}, due {due}", kpi=say.kpi(goal.kpi_id), start=start, aim=aim, due=due)
    else:
        first = _("{goal}, due {due}", goal=visible_text(subject, TEXT_LENGTH), due=due)
    held = _("Agreed on {day}", day=say.figures.day(goal.held_on))
    steps = [visible_text(step, TEXT_LENGTH) for step in (goal.steps or "").splitlines() if step.strip()]
    return "\n".join([first, held, *steps])


def instructions(say: Voice) -> Sheet:
    """The second sheet: how to use the first."""
    _ = say.words
    lines = (
        _("White cells are yours, grey ones come from the site."),
        _("For a goal that is under way: fill in the review date and where it stands."),
        _("For a new talk: fill in the day it was held. Rows without a day are left alone."),
        _("If the agent confirms, comments or disputes, note it in the last columns, in the agent's own words."),
        _("Save the file and put it into the drop folder. The next build reads it; the newest entry counts."),
        _("Keep it where only the two of you and your manager can open it."),
    )
    return Sheet(_("How to"), (Column(_("How to use this workbook"), 100),), tuple((line,) for line in lines))
