"""What the page about training says of needs and stages, and of its own limits.

Belongs here: sentences and cells about skills and stages. Does not belong here: single courses (`_training_courses`),
whether courses worked (`_effect_answer`, `_effect_words`, `_effect_shares`), figures (pipelines/figures.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.marts import Rule, SkillDimension, TrainingNeed
from pipelines.site.areas import _effect_answer, _effect_words, _quality_names, _tier_rules
from pipelines.site.areas._training_contexts import Stage, TeamNeeds, TrainingPage
from pipelines.site.escape import visible_text
from pipelines.site.fragments import Voice

RULES = ("training_need_share", "focus_sure", "min_reference_n", "training_memory_days", "group_min_people")
"""Rules that the page prints; those of effects stand on their own page."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Which skills call for a course and which for a talk, and what came of each course.")


# ---------- the answer
def answer(say: Voice, page: TrainingPage) -> list[str]:
    """What to train, what to coach, and whether courses changed the work."""
    said = [needs(say, page)] if page.needs else []
    if page.effects.courses:
        said.append(say.sentences(_effect_answer.answer(say, page.effects)[:2]))
    return said


def needs(say: Voice, page: TrainingPage) -> str:
    """Skills by what they call for."""
    _, train, coach = say.words, page.of("train"), page.of("coach")
    if train and coach:
        return _(
            "Shared by most, so look at the process and the knowledge base and then give a course: {train}. A matter "
            "of single people, so a talk: {coach}.",
            train=skills(say, train),
            coach=skills(say, coach),
        )
    if train:
        return _(
            "Shared by most, so look at the process and the knowledge base and then give a course: {train}.",
            train=skills(say, train),
        )
    if coach:
        return _(
            "No skill calls for a course for everybody. A matter of single people, so a talk: {coach}.",
            coach=skills(say, coach),
        )
    return _("No skill stands out, neither for a course nor for single people.")


def skills(say: Voice, found: Iterable[SkillDimension]) -> str:
    """Skills by name."""
    return say.listing([_quality_names.skill(say, each) for each in found])


# ---------- needs
def reading(say: Voice, code: str) -> str:
    """What a skill calls for."""
    _ = say.words
    return {
        "train": _("train: missed more often than other skills, by most people and in most teams"),
        "coach": _("coach: single people miss it more often than their colleagues"),
        "none": _("nothing stands out"),
        "too_few": _("too few items to say"),
    }[code]


def short(say: Voice, row: TrainingNeed) -> str:
    """How many people miss a skill surely more often than colleagues."""
    _, count = say.words, say.figures.count
    if row.people_short is None:
        return _("too few to show")
    return _("{n} of {all}", n=count(row.people_short), all=count(row.people))


def attended(say: Voice, row: TrainingNeed, fewest: Rule) -> str:
    """How many lately had a course on a skill."""
    _ = say.words
    if row.course_people is None:
        return _("no course says that it teaches this")
    return _effect_words.people(say, row.course_people, fewest, row.people)


def team(say: Voice, found: TeamNeeds) -> str:
    """A team, and what its skills call for."""
    _ = say.words
    return _("{team}: {needs}", team=say.link(found.link), needs=_of_team(say, found))


def _of_team(say: Voice, found: TeamNeeds) -> str:
    _, train, coach = say.words, found.of("train"), found.of("coach")
    if found.is_small:
        return _("too few people to show")
    if train and coach:
        return _("train {train}; coach single people in {coach}", train=skills(say, train), coach=skills(say, coach))
    if train:
        return _("train {train}", train=skills(say, train))
    if coach:
        return _("coach single people in {coach}", coach=skills(say, coach))
    return _("nothing stands out")


def on_team(say: Voice, found: TeamNeeds) -> list[str]:
    """The same on the team's own page, in sentences."""
    _, train, coach = say.words, found.of("train"), found.of("coach")
    said = []
    if train:
        said.append(
            _(
                "Many in this team, or the whole centre, need work on {skills}: look at the process and the knowledge "
                "base, then ask for a course.",
                skills=skills(say, train),
            )
        )
    if coach:
        said.append(_("Single people need it in {skills}: that is for one-to-one talks.", skills=skills(say, coach)))
    return said


# ---------- stages
def stage(say: Voice, found: Stage) -> str:
    """A stage's name."""
    return stage_name(say, found.code)


def stage_name(say: Voice, code: str) -> str:
    """The name of a stage by its code; one that only this centre knows stays as delivered."""
    _ = say.words
    known = {
        "starter": _("Courses for starters"),
        "foundation": _("Foundation courses"),
        "intermediate": _("Intermediate courses"),
        "advanced": _("Advanced courses"),
        "": _("Courses without a stage"),
    }
    return known.get(code) or visible_text(code)


# ---------- limits and rules
def limits(say: Voice) -> Sequence[str]:
    """What the page cannot say."""
    _ = say.words
    return [
        _("What the quality forms do not ask about. A skill that nobody scores never shows up as a need."),
        _("Whether somebody lacks a course. A stage tells what people have had; what they need depends on their work."),
        _("What lasts of what was learnt. A test on the day shows what was known on the day."),
        _("That a course is the only cause of a gain. People were chosen for it, not drawn by lot."),
        _("Which people. Those stand in the guide of their team and on their own sheets."),
    ]


def rule(say: Voice, found: Rule) -> str:
    """What a rule decides."""
    _ = say.words
    return {
        "training_need_share": _("Part of the people, and of the teams, from which a gap is one for training"),
        "focus_sure": _("How sure it must be that somebody misses a skill more often than colleagues"),
        "min_reference_n": _("Scored items from which anything is said about a skill"),
        "training_memory_days": _("Days for which a course counts as recent"),
        "group_min_people": _("Fewest people about whom this page gives figures"),
    }[found.rule_id]


def amount(say: Voice, found: Rule) -> str:
    """A rule's value in its unit."""
    if found.unit == "share of people":
        return say.figures.decided_share(found.value)
    return _tier_rules.amount(say, found)
