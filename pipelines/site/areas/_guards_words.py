"""What the pages say about guards: whole sentences and codes in words.

Belongs here: text. A guard starts a conversation and accuses nobody: what stands out is put as a question. Does not
belong here: what speed costs (`_guards_speed`), days near a line (`_guards_near`), which rows a page shows (`guards`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Rule
from pipelines.site.areas._guards_contexts import Drift, GuardsPage, Question, Watched
from pipelines.site.areas._guards_speed import points
from pipelines.site.areas._systemic_terms import linked
from pipelines.site.fragments import Voice
from pipelines.site.parts import Link

RULES = ("guard_z", "guard_cap", "psi_limit", "short_call_share_limit", "group_min_people")
HOVERING_RULES = ("hovering_reach_sd", "hovering_min_days", "hovering_min_agents")


def summary(say: Voice) -> str:
    """The page of guards in one sentence."""
    _ = say.words
    return _("What keeps a good figure from being bought at the customer's cost, and what quick weeks cost.")


def hovering_summary(say: Voice) -> str:
    """The page about days near a line in one sentence."""
    _ = say.words
    return _("Whether more days stop just above a minimum than a smooth spread would give.")


def never(say: Voice) -> str:
    """The fixed rule."""
    _ = say.words
    return _("A guard starts a conversation; it is never an accusation.")


# ---------- the page of guards
def guards(say: Voice, page: GuardsPage) -> list[str]:
    """What the page of guards opens with."""
    _, count = say.words, say.figures.count
    said = []
    if page.watched:
        said.append(
            _(
                "{guards} guards watch over {kpis}.",
                guards=count(len(page.watched)),
                kpis=linked(say, page.protected),
            )
        )
        if page.people_out or page.teams_out:
            said.append(
                _(
                    "Guards stand out for {people} people and {teams} teams. Ask what is different about their "
                    "contacts before thinking of anything else.",
                    people=count(page.people_out),
                    teams=count(page.teams_out),
                )
            )
        else:
            said.append(_("No guard stands out for a person or a team."))
    return [*said, never(say)]


def out_of(say: Voice, watched: Watched) -> str:
    """For how many of the people compared a guard stands out."""
    _, count = say.words, say.figures.count
    if watched.people_out is None:
        return _("too few to show")
    return _("{out} of {people}", out=count(watched.people_out), people=count(watched.people))


def teams_out_of(say: Voice, watched: Watched) -> str:
    """For how many of the teams compared a guard stands out."""
    _, count = say.words, say.figures.count
    return _("{out} of {teams}", out=count(watched.teams_out), teams=count(watched.teams))


def drift(say: Voice, page: GuardsPage) -> str:
    """How many people record other reasons than colleagues."""
    _, count = say.words, say.figures.count
    if page.drift_people < page.rule("group_min_people"):
        return _("Too few people share their queues with colleagues to compare the reasons they record.")
    return _(
        "Of {people} people who share queues with colleagues, {out} record clearly other reasons. That may be a "
        "special task, or a list of reasons that is hard to use. It caps nothing.",
        people=count(page.drift_people),
        out=count(page.drift_out),
    )


# ---------- what stands out, as a question
def question(say: Voice, found: Question) -> str:
    """One guard of a person or team."""
    _, row = say.words, found.guard
    return _(
        "{guard}: {value}, where colleagues with the same work have {expected}. What is different about these "
        "contacts?",
        guard=say.kpi(row.guard_kpi_id),
        value=say.plain(row.guard_kpi_id, row.value),
        expected=say.plain(row.guard_kpi_id, row.expected_value),
    )


def short_question(say: Voice, found: Question) -> str:
    """One guard of a member of a team, in brief."""
    _, row = say.words, found.guard
    return _(
        "{guard} {value} (colleagues with the same work: {expected})",
        guard=say.kpi(row.guard_kpi_id),
        value=say.plain(row.guard_kpi_id, row.value),
        expected=say.plain(row.guard_kpi_id, row.expected_value),
    )


def member(say: Voice, questions: Sequence[Question], found: Drift | None) -> str:
    """Everything that stands out for one member of a team."""
    _ = say.words
    parts = [short_question(say, question) for question in questions]
    if found is not None:
        parts.append(_("other reasons recorded than colleagues record in the same queues"))
    return say.listing(parts)


def drifted(say: Voice, found: Drift) -> str:
    """Which reasons somebody records more and less often than colleagues."""
    _, row = say.words, found.row

    def named(link: Link | None, by: float | None) -> str:
        name = say.name(link) if link else say.figures.count(None)
        return _("{reason} ({points} percentage points)", reason=name, points=points(say, by))

    return _(
        "Recorded more often than colleagues do in the same queues: {more}; less often: {less}. Is there a special "
        "task, or is the list of reasons hard to use?",
        more=named(found.more, row.more_often_by),
        less=named(found.less, row.less_often_by),
    )


def capped(say: Voice, found: Question, cap: float) -> str:
    """What follows for the points."""
    _ = say.words
    return _(
        "While this is open, {kpis} counts with at most {cap} of 100 points.",
        kpis=say.names(found.protects),
        cap=say.figures.number(cap),
    )


# ---------- rules
def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "guard_z": _("Standard errors from colleagues beyond which a guard stands out"),
        "guard_cap": _("Most points of a KPI whose guard stands out"),
        "psi_limit": _("Drift of recorded reasons beyond which it stands out"),
        "short_call_share_limit": _("Share of short contacts from which handle time is also shown without them"),
        "group_min_people": _("Fewest people of a team that is shown on pages of the centre"),
        "hovering_reach_sd": _("Robust standard deviations from the minimum within which a day counts"),
        "hovering_min_days": _("Fewest days near the line"),
        "hovering_min_agents": _("Fewest people with such days"),
    }[found.rule_id]
