"""What is said about recognition: why points and badges were earned, how teams did, which rules hold.

Belongs here: text. Does not belong here: which rows are shown (`recognition`), names of badges (advice).
"""

from __future__ import annotations

from datetime import date

from pipelines.marts import Badge, PersonalBest, Recognition, Rule, TeamBoard
from pipelines.site.areas._tier_words import likely
from pipelines.site.fragments import Voice

RULES = (
    "recognition_points_improvement",
    "recognition_points_plan",
    "recognition_points_team_goal",
    "recognition_points_model_case",
    "recognition_sure",
    "recognition_default",
    "recognition_places",
    "group_min_people",
)
"""Rules that the page prints."""


def summary(say: Voice) -> str:
    """For search results."""
    _ = say.words
    return _("What went better: teams, badges and the rules by which points are earned.")


def answer(say: Voice, people: int, teams: int) -> list[str]:
    """What the page opens with."""
    _, count = say.words, say.figures.count
    if not people:
        return [_("Nobody has earned points in this period yet. That says nothing about the work that was done.")]
    return [
        _("{people} people earned points for something that went better or that they carried out.",
          people=count(people)),
        _("{teams} teams stand side by side below, per person, so that size does not matter.", teams=count(teams)),
    ]  # fmt: skip


def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "recognition_points_improvement": _("Points for a steadied improvement on a figure"),
        "recognition_points_plan": _("Points for a plan carried out"),
        "recognition_points_team_goal": _("Points for everybody in a team that reaches a target"),
        "recognition_points_model_case": _("Points for a model case shared with others"),
        "recognition_sure": _("How sure it must be that an improvement is real"),
        "recognition_default": _("Whether a name is shown when nothing else was chosen; 1 = shown, 0 = not shown"),
        "recognition_places": _("Whether places among colleagues are shown; 1 = shown, 0 = not shown"),
        "group_min_people": _("Fewest people of a team on this page"),
    }[found.rule_id]


def reason(say: Voice, found: Recognition) -> str:
    """What the points are for."""
    _ = say.words
    if found.source == "improvement" and found.kpi_id:
        return _(
            "{kpi} steadily better than the quarter before; {p} likely to be real",
            kpi=say.kpi(found.kpi_id),
            p=likely(say, found.probability),
        )
    if found.source == "team_goal" and found.kpi_id:
        return _("the team reached its target for {kpi}", kpi=say.kpi(found.kpi_id))
    if found.source == "plan_achieved":
        if found.kpi_id:
            return _("a plan carried out: {kpi}", kpi=say.kpi(found.kpi_id))
        return _("a plan carried out")
    return _("a model case shared with others")


def badge_reason(say: Voice, found: Badge) -> str:
    """What a badge was earned for, where a figure stands behind it; else empty."""
    return say.kpi(found.kpi_id) if found.kpi_id else ""


def best(say: Voice, found: PersonalBest) -> str:
    """An own best month, compared with nobody else."""
    _ = say.words
    return _(
        "{kpi}: {value} in {month}, usually {usual}",
        kpi=say.kpi(found.kpi_id),
        value=say.plain(found.kpi_id, found.value),
        month=say.figures.period("month", found.month_start),
        usual=say.plain(found.kpi_id, found.usual_value),
    )


def others(say: Voice, count: int) -> str:
    """People who prefer not to be named."""
    _ = say.words
    return _("{count} more, who are not named here", count=say.figures.count(count))


def name_choice(say: Voice, shows_name: bool) -> str:
    """Whether colleagues may read it."""
    _ = say.words
    if shows_name:
        return _("Your name may stand beside it where colleagues read. Say so if you would rather not; "
                 "your team leader passes it on.")  # fmt: skip
    return _("Colleagues do not see your name beside it.")


def plans(say: Voice, board: TeamBoard) -> str:
    """Plans carried out of those due."""
    _ = say.words
    if not board.plans_due:
        return _("none due")
    return _("{achieved} of {due}", achieved=say.figures.count(board.plans_achieved),
             due=say.figures.count(board.plans_due))  # fmt: skip


def targets(say: Voice, board: TeamBoard) -> str:
    """Targets the team reaches."""
    _ = say.words
    return _("{achieved} of {due}", achieved=say.figures.count(board.kpis_on_target),
             due=say.figures.count(board.kpis_with_target))  # fmt: skip


def team(say: Voice, board: TeamBoard) -> str:
    """The team's board in a sentence."""
    _ = say.words
    return _(
        "{points} points per person. {improved} people improved steadily; plans carried out: {plans}; "
        "targets reached: {targets}.",
        points=say.figures.number(board.points_per_person, 1),
        improved=say.figures.count(board.improved_people),
        plans=plans(say, board),
        targets=targets(say, board),
    )


def within(say: Voice, window: tuple[str, date] | None) -> str:
    """The period, as the line below the heading names it; empty without one."""
    _ = say.words
    return _(" in {period}", period=say.figures.period(*window)) if window else ""
