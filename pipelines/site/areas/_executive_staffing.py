"""Attrition, the time until new starters work at the usual level, and courses: sentences and rules.

Belongs here: text. Does not belong here: how rates and shares are computed (dbt_project, models/marts/staffing). The
ranges that the sources name stand beside the centre's own figure as what they are: claims without an origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.marts import Attrition, Ramp, Rule
from pipelines.site.areas import _effect_shares
from pipelines.site.fragments import Voice

if TYPE_CHECKING:
    from pipelines.site.areas.executive import ExecutivePage

RULES = (
    "attrition_reference_low",
    "attrition_reference_high",
    "ramp_usual_share",
    "ramp_min_experienced",
    "course_reference_low",
    "course_reference_high",
    "group_min_people",
)
"""Rules that the page prints, in the order of its sections."""
YEAR = 12
FEWEST = "group_min_people"


# ---------- attrition
def attrition(say: Voice, page: ExecutivePage) -> list[str]:
    """How many left, at which rate, and how that compares with the range of the sources."""
    _, found = say.words, page.attrition
    if found is None:
        return [_("Not known: the roster holds no last days. With them this page shows how many people leave.")]
    return [
        _(
            "{leavers} people left in {months} months, of {people} on average: {rate} a year, likely {low} to {high}.",
            leavers=say.figures.count(found.leavers),
            months=say.figures.count(found.months),
            people=say.figures.count(found.headcount),
            rate=rate(say, found),
            low=say.figures.share(found.rate_low, 0),
            high=say.figures.share(found.rate_high, 0),
        ),
        _against(say, found),
        *_parts(say, found),
    ]


def rate(say: Voice, found: Attrition) -> str:
    """Leavers per hundred people and year."""
    return say.figures.share(found.rate, 1)


def _against(say: Voice, found: Attrition) -> str:
    _, low, high = (
        say.words,
        say.figures.decided_share(found.reference_low),
        say.figures.decided_share(found.reference_high),
    )
    return {
        "below": _("That is below the {low} to {high} that the sources call usual.", low=low, high=high),
        "within": _("That lies within the {low} to {high} that the sources call usual.", low=low, high=high),
        "above": _("That is above the {low} to {high} that the sources call usual.", low=low, high=high),
        "too_close_to_call": _("The sources call {low} to {high} usual; too close to call.", low=low, high=high),
    }[found.verdict]


def _parts(say: Voice, found: Attrition) -> list[str]:
    _, count = say.words, say.figures.count
    said = []
    if found.months < YEAR:
        said.append(_("Fewer than twelve months of data: provisional."))
    if found.leavers_early is not None and found.leavers:
        said.append(
            _("Within their first 90 days: {early} of them.", early=count(found.leavers_early))
            if found.leavers_early
            else _("None of them within the first 90 days.")
        )
    return said


def teams(say: Voice, page: ExecutivePage) -> list[str]:
    """What can be told of teams, and what cannot; nothing without attrition of the centre."""
    _, count = say.words, say.figures.count
    if page.attrition is None or not (page.teams or page.teams_untold):
        return []
    if not page.teams:
        return [
            _(
                "Team by team: too few to say. A team is told of when at least {fewest} people have left it in these "
                "months.",
                fewest=count(page.rules[FEWEST].value),
            )
        ]
    if not page.teams_untold:
        return []
    return [_("Of {n} more teams too few people left to say.", n=count(page.teams_untold))]


# ---------- ramp
def ramp(say: Voice, page: ExecutivePage) -> list[str]:
    """Weeks until new starters work at the usual level; the picture below shows how sure that is."""
    _ = say.words
    if page.curve is None:
        return [
            _("Too few people began within the data to say how long it takes until somebody works at the usual level.")
        ]
    return [_weeks(say, page.ramp[-1], page.ramp[0].at_risk)]


def _weeks(say: Voice, found: Ramp, starters: int) -> str:
    _, count = say.words, say.figures.count
    first, half, third = found.weeks_first_quarter, found.weeks_half, found.weeks_third_quarter
    people = count(starters)
    if third is not None:
        return _(
            "Half of {people} new starters work at the usual level by week {half}, a quarter by week {first}, three "
            "quarters by week {third}.",
            people=people, half=count(half), first=count(first), third=count(third),
        )  # fmt: skip
    if half is not None:
        return _(
            "Half of {people} new starters work at the usual level by week {half}, a quarter by week {first}; "
            "when three quarters do cannot be told yet.",
            people=people, half=count(half), first=count(first),
        )  # fmt: skip
    return _("Fewer than half of {people} new starters have reached the usual level so far.", people=people)


# ---------- courses
def courses(say: Voice, page: ExecutivePage) -> list[str]:
    """Which share of courses changed the work measurably; what cannot be told stands apart."""
    _ = say.words
    if not page.shares:
        return [_("No course can be compared with what came after it yet.")]
    said = [_effect_shares.sentence(say, share) for share in page.shares]
    rules = page.rules
    if "course_reference_low" in rules and "course_reference_high" in rules:
        said.append(
            _(
                "The sources say {low} to {high} of courses, without an origin: a claim, not a benchmark.",
                low=say.figures.decided_share(rules["course_reference_low"].value),
                high=say.figures.decided_share(rules["course_reference_high"].value),
            )
        )
    return said


# ---------- rules
def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "attrition_reference_low": _("Attrition a year that the sources call usual: from"),
        "attrition_reference_high": _("Attrition a year that the sources call usual: to"),
        "ramp_usual_share": _("Share of experienced colleagues who reach what counts as the usual level"),
        "ramp_min_experienced": _("Experienced colleagues in a month below whom there is no usual level"),
        "course_reference_low": _("Courses with a measurable effect according to the sources: from"),
        "course_reference_high": _("Courses with a measurable effect according to the sources: to"),
        "group_min_people": _("Fewest people of whom a page for many speaks"),
    }[found.rule_id]
