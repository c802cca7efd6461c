"""What the executives' page says first: what changed, whether it is real, what asks for a decision.

Belongs here: the answer, one sentence per measure, the issues. Does not belong here: attrition, ramp and courses
(`_executive_staffing`). Nobody is named, and nothing here suggests a consequence for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pipelines.site.answers import CONCERN, IMPROVEMENT
from pipelines.site.areas import _systemic_terms, _tier_words
from pipelines.site.fragments import Voice
from pipelines.site.parts import Line

if TYPE_CHECKING:
    from pipelines.site.areas.executive import ExecutivePage, Issue, OverviewPart


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("The centre on one sheet: what changed, whether it is real, and what asks for a decision.")


# ---------- the answer
def answer(say: Voice, page: ExecutivePage) -> list[str]:
    """What changed, whether it is real, what asks for a decision: a sentence or two of each."""
    return [say.sentences(_changed(say, page)), _real(say, page), say.sentences(_to_decide(say, page))]


def _changed(say: Voice, page: ExecutivePage) -> list[str]:
    _ = say.words
    if not any(line.latest for line in page.lines):
        return [
            _("There are too few weeks yet to tell a real change from chance. Figures stand beside their targets only.")
        ]
    better = [line.kpi_id for line in page.lines if line.moved == IMPROVEMENT]
    worse = [line.kpi_id for line in page.lines if line.moved == CONCERN]
    said = []
    if better:
        said.append(_("Better than usual by more than chance: {kpis}.", kpis=say.names(better)))
    if worse:
        said.append(_("Worse than usual by more than chance: {kpis}. Ask what changed.", kpis=say.names(worse)))
    return said or [_("No main measure left its usual range: what moved is ordinary variation and needs no reaction.")]


def _real(say: Voice, page: ExecutivePage) -> str:
    _ = say.words
    if page.window is None:
        return _("Whether a shortfall is the system's or single people's cannot be told yet.")
    if not page.issues:
        return _("Nothing falls short in the whole centre by more than chance.")
    return _(
        "In {period} the whole centre fell short on {kpis}: that is the system, and coaching single people does not "
        "mend it.",
        period=say.period(page.window),
        kpis=say.names([issue.verdict.kpi_id for issue in page.issues]),
    )


def _to_decide(say: Voice, page: ExecutivePage) -> list[str]:
    _ = say.words
    if page.issues:
        first = page.issues[0]
        said = [
            _(
                "To decide: who takes up {kpi}. Where to look first: {owner}.",
                kpi=say.kpi(first.verdict.kpi_id),
                owner=_systemic_terms.owner(say, first.verdict.row),
            )
        ]
        if first.hours:
            said.append(_("It came to about {hours}.", hours=hours(say, first)))
        return said
    if page.attrition and page.attrition.verdict == "above":
        return [_("To decide: what would make people stay. More leave than the sources call usual.")]
    stuck = [line.kpi_id for line in page.lines if line.latest and line.latest.assurance == "consistent_fail"]
    if stuck:
        return [
            _(
                "To decide: change the work or the target of {kpis}; as work is done now it is out of reach.",
                kpis=say.names(stuck),
            )
        ]
    return [_("Nothing here asks for a decision.")]


# ---------- measures
def measure(say: Voice, line: Line) -> str:
    """Whether it changed and whether it meets its target, as one sentence."""
    _, last = say.words, line.latest
    if last is None:
        return _("Too few weeks to say.")
    return _("{change}; {target}.", change=_change(say, last.finding), target=_target(say, last.assurance))


def _change(say: Voice, code: str) -> str:
    _ = say.words
    return {
        "special_cause_improvement": _("Better, and more than chance"),
        "special_cause_concern": _("Worse, and more than chance"),
        "special_cause_neutral": _("Changed, and more than chance"),
        "common_cause": _("No signal"),
        "too_few_points": _("Too few weeks to tell"),
    }[code]


def _target(say: Voice, code: str) -> str:
    _ = say.words
    return {
        "consistent_pass": _("the target is met week after week"),
        "consistent_fail": _("the target is out of reach as work is done now"),
        "inconsistent": _("the target is met in some weeks and missed in others"),
        "no_target": _("no target set"),
    }[code]


# ---------- issues
def hours(say: Voice, issue: Issue) -> str:
    """What a shortfall came to within its window."""
    _, found = say.words, issue.hours
    if found is None:
        return _("not a matter of hours")
    text = say.figures.count(found.hours)
    if found.whose == "customers":
        return _("{hours} hours of customers' waiting", hours=text)
    return _("{hours} working hours", hours=text)


def centre(say: Voice, issue: Issue) -> str:
    """Where the centre stands, with its likely range."""
    _, row = say.words, issue.verdict.row
    return _(
        "{value} (likely {interval})",
        value=say.plain(row.kpi_id, row.centre_value),
        interval=_systemic_terms.interval(say, row.kpi_id, row.interval_low, row.interval_high),
    )


def owner(say: Voice, issue: Issue) -> str:
    """Where to look first."""
    return _systemic_terms.owner(say, issue.verdict.row)


def linked(say: Voice, issue: Issue) -> Markup:
    """The measure, leading to its page."""
    column = issue.verdict.column
    return Markup('<a href="{}">{}</a>').format(column.href, say.kpi(column.kpi_id))


# ---------- tiers
def movement(say: Voice, page: ExecutivePage | OverviewPart) -> str:
    """How many changed tier, and whether that is more than chance; empty before there are two quarters."""
    if page.change is None:
        return ""
    return say.sentences([_tier_words.change(say, page.change), _tier_words.verdict(say, page.change)])
