"""What the centre's page about coaching says: who is reached, who gets the time, whether it suffices, its rules.

Belongs here: sentences and cells of that page. Does not belong here: goals and disputes
(`_coaching_goals`), codes (`_guide_terms`), the effect of programmes (`_effect_answer`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.marts import CoachingCoverage, CoachingCoverageMix, Rule
from pipelines.site.areas import _coaching_goals, _effect_answer, _effect_words, _guide_terms
from pipelines.site.areas._coaching_contexts import CoachingPage, OverviewPart, Share, TeamRow
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.fragments import Voice

RULES = (
    "coaching_coverage_days",
    "coaching_gap_days",
    "coaching_gap_days_new",
    "coaching_hours_per_week",
    "coaching_minutes_one_to_one",
    "coaching_minutes_short",
    "progress_on_track",
    "progress_slipping",
    "group_min_people",
)
"""Rules that the page prints."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Who is coached and who is not reached, how talks come about, and whether they help.")


# ---------- the answer
def answer(say: Voice, page: CoachingPage) -> list[str]:
    """Does coaching reach everybody, are plans kept, does it help?"""
    said = [reached(say, page.centre, page.rules)] if page.centre else []
    if page.goals.open:
        said.append(_coaching_goals.plans(say, page.goals))
    return [*said, verdict(say, page)]


def reached(say: Voice, row: CoachingCoverage, rules: Mapping[str, Rule]) -> str:
    """How many had a talk, how many wait."""
    _, write = say.words, say.figures
    values = {
        "coached": write.count(row.coached_people),
        "people": write.count(row.people),
        "days": write.days(row.window_start, row.window_end),
        "gap": write.decided(rules["coaching_gap_days"].value),
        "new": write.decided(rules["coaching_gap_days_new"].value),
    }
    if row.people_overdue == 0:
        return _(
            "{coached} of {people} people had a talk ({days}), and nobody has gone longer than {gap} days without one "
            "(new people: {new} days).",
            **values,
        )
    return _(
        "{coached} of {people} people had a talk ({days}). Longer than {gap} days without one (new people: {new} "
        "days): {overdue}.",
        overdue=write.count(row.people_overdue),
        **values,
    )


def verdict(say: Voice, page: CoachingPage) -> str:
    """Whether coaching helped, in the words of the page of effects."""
    _ = say.words
    if not page.effects.blocks:
        return _(
            "Whether coaching helps cannot be said: no programme in the log has a name and a measure that it aims at."
        )
    return say.sentences(_effect_answer.answer(say, page.effects)[:2])


def programme(say: Voice, found: Comparison) -> str:
    """One programme with a measure, and what can be said of it."""
    _ = say.words
    return _(
        "{programme}, aimed at {kpi}: {verdict}.",
        programme=say.name(found.name),
        kpi=say.kpi(found.effect.kpi_id),
        verdict=_effect_words.verdict(say, found.effect),
    )


# ---------- who is reached
def had_talk(say: Voice, row: CoachingCoverage) -> str:
    """People with a talk, of people."""
    _, count = say.words, say.figures.count
    return _("{coached} of {people}", coached=count(row.coached_people), people=count(row.people))


def last_talk(say: Voice, row: CoachingCoverage) -> str:
    """Days since the newest talk."""
    _ = say.words
    return _("no talk yet") if row.days_since_last is None else say.figures.count(row.days_since_last)


def occasions(say: Voice, row: CoachingCoverage) -> list[str]:
    """How talks come about, and why that matters."""
    _, write = say.words, say.figures
    if row.proactive_share is None:
        return [_("Whether talks were planned or followed a failure is not noted in the log.")]
    return [
        _(
            "Planned: {planned} talks, that is {share} of those whose occasion is noted; after something had gone "
            "wrong: {after}.",
            planned=write.count(row.proactive_sessions),
            share=write.share(row.proactive_share, 0),
            after=write.count(row.reactive_sessions),
        ),
        _(
            "Where talks only follow failures, coaching turns into telling: one explains what went wrong, the other "
            "waits until it is over. A planned talk leaves room to ask."
        ),
    ]


# ---------- who gets the time
def share(say: Voice, found: Share) -> str:
    """By what people are grouped."""
    _ = say.words
    return {"tier": _("By tier"), "tenure": _("By length of service")}[found.kind]


def group(say: Voice, found: CoachingCoverageMix) -> str:
    """A group's name."""
    return _guide_terms.group(say, found.group_kind, found.group_name)


def hidden(say: Voice, found: Share, least: Rule) -> str:
    """Groups too small to be shown; empty where there is none."""
    _ = say.words
    if not found.hidden:
        return ""
    return _(
        "Not shown, because fewer than {least} people are in one of them: {groups}.",
        least=say.figures.count(least.value),
        groups=say.listing([_guide_terms.group(say, found.kind, name) for name in found.hidden]),
    )


# ---------- is there time
def fits(say: Voice, row: TeamRow) -> str:
    """How many talks the hours of this week reach."""
    _, count = say.words, say.figures.count
    return _("{fitting} of {talks}", fitting=count(row.fitting), talks=count(row.talks))


# ---------- limits and rules
def limits(say: Voice) -> Sequence[str]:
    """What the page cannot say."""
    _ = say.words
    return [
        _("How good a talk was. Minutes and dates say that it took place, and nothing else."),
        _("Talks that nobody wrote down. A team with few talks may only have a thin log, so ask before judging."),
        _("That coaching makes service better or worse. The rows only stand side by side, and much else changes."),
        _("Why people stay or leave. A roster says who left and when, not why."),
    ]


def rule(say: Voice, found: Rule) -> str:
    """What a rule decides."""
    _ = say.words
    return {
        "coaching_coverage_days": _("Days that this page looks back"),
        "coaching_gap_days": _("Days without a talk after which somebody has waited too long"),
        "coaching_gap_days_new": _("The same for new people"),
        "coaching_hours_per_week": _("Hours a team leader has for coaching in a week"),
        "coaching_minutes_one_to_one": _("Minutes suggested for a one-to-one"),
        "coaching_minutes_short": _("Minutes suggested for a short word"),
        "progress_on_track": _("A goal is on track from this probability of being on its path"),
        "progress_slipping": _("A goal slips below this probability"),
        "group_min_people": _("Fewest people of a group that this page shows"),
    }[found.rule_id]


# ---------- the overview
def on_overview(say: Voice, part: OverviewPart) -> list[str]:
    """Who waits for a talk, and which goals slip."""
    _, count = say.words, say.figures.count
    said = [
        _(
            "Longer than {gap} days without a talk, or sooner if new: {overdue} of {people} people.",
            gap=say.figures.decided(part.gap_days),
            overdue=count(part.centre.people_overdue),
            people=count(part.centre.people),
        )
    ]
    if part.goals.open:
        said.append(_coaching_goals.plans(say, part.goals))
    else:
        said.append(_("Nobody has an open goal on record."))
    return said
