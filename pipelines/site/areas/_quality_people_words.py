"""What pages say about the next forms, and about the skills of people and teams.

Belongs here: text, strengths first. Does not belong here: which rows a page shows (`quality`), words about graders
(`_quality_words`). More forms are a chance to be seen, never a penalty; nothing here suggests a consequence.
"""

from __future__ import annotations

from pipelines.marts import CriticalErrorCost, QaCoverage, SkillProfile
from pipelines.site.areas._quality_contexts import REASONS, Profile, Share, TeamPart
from pipelines.site.areas._quality_drawings import DISPUTED
from pipelines.site.areas._quality_names import skill
from pipelines.site.fragments import Voice

__all__ = ["REASONS"]


def summary(say: Voice) -> str:
    """The page of next forms in one sentence."""
    _ = say.words
    return _("How many forms each team should get next, so that they teach most.")


# ---------- next forms
def answer(say: Voice, centre: Share) -> list[str]:
    """What the page of next forms opens with."""
    _, count = say.words, say.figures.count
    near, new = centre.counted("near_decision"), centre.counted("no_forms_yet") + centre.counted("not_judged")
    said = [
        _(
            "With as many forms as in this period ({forms}), everybody gets at least one, and the rest goes where a "
            "form can still change something.",
            forms=count(centre.people[0].budget_forms),
        )
    ]
    if near:
        said.append(
            _(
                "People who stand close to a tier line: {people}. They get {given} of the forms, because more evidence "
                "could settle it.",
                given=count(centre.given("near_decision")),
                people=count(near),
            )
        )
    if new:
        said.append(
            _(
                "People who are new or of whom too little is known: {people}. They get {given} of the forms.",
                given=count(centre.given("no_forms_yet") + centre.given("not_judged")),
                people=count(new),
            )
        )
    said.append(
        _(
            "The uncertainty of one person's score: {now} points now, {then} points then.",
            now=say.figures.range(*centre.now, 1),
            then=say.figures.range(*centre.then, 1),
        )
    )
    return said


def reason(say: Voice, code: str) -> str:
    """Why a person gets that many forms."""
    _ = say.words
    return {
        "no_forms_yet": _("no form in this period yet"),
        "not_judged": _("new, or too little known for a tier"),
        "near_decision": _("close to a tier line: more forms could settle it"),
        "routine": _("further from a tier line"),
    }[code]


def heading(say: Voice, code: str) -> str:
    """A reason as the head of a column."""
    _ = say.words
    return {
        "no_forms_yet": _("No form yet"),
        "not_judged": _("New or little known"),
        "near_decision": _("Close to a tier line"),
        "routine": _("Further from a tier line"),
    }[code]


def people_and_forms(say: Voice, group: Share, code: str) -> str:
    """How many people a reason holds for, and the forms they should get."""
    _, count = say.words, say.figures.count
    people = group.counted(code)
    if not people:
        return count(0)
    return _("{people} ({forms})", people=count(people), forms=count(group.given(code)))


def between(say: Voice, cost: CriticalErrorCost) -> str:
    """How far people differ, which says what colleagues tell about somebody."""
    _ = say.words
    if cost.agent_sd_points == 0:
        return _("spread between people: not measurable here, so s² ÷ τ² is taken as 1")
    return _("spread between people: {points} points here", points=say.figures.number(cost.agent_sd_points, 2))


def team(say: Voice, part: TeamPart) -> str:
    """The team's part of the plan."""
    _, count = say.words, say.figures.count
    period = say.period(part.period)
    if part.share is None:
        return _("Forms in {period}, without a plan for the next ones.", period=period)
    return _(
        "Forms in {period}: {forms}. Suggested for the next period of the same length: {suggested}.",
        forms=count(part.share.forms),
        period=period,
        suggested=count(part.share.suggested),
    )


# ---------- skills
def verdict(say: Voice, code: str) -> str:
    """What a skill shows against the whole centre."""
    _ = say.words
    return {
        "strength": _("a strength"),
        "like_centre": _("like the whole centre"),
        "not_enough_evidence": _("not enough evidence"),
        DISPUTED: _("graders agree too little"),
        "to_develop": _("worth practising"),
    }[code]


def profile(say: Voice, skills: Profile) -> list[str]:
    """The skills in sentences, strengths first."""
    _ = say.words

    def named(code: str) -> str:
        return say.listing([skill(say, dimension) for dimension, found in skills if found.verdict == code])

    said = []
    if strengths := named("strength"):
        said.append(_("Strengths, above the whole centre by more than chance: {skills}.", skills=strengths))
    if practise := named("to_develop"):
        said.append(_("Worth practising, below the whole centre by more than chance: {skills}.", skills=practise))
    if alike := named("like_centre"):
        said.append(_("No clear difference from the whole centre: {skills}.", skills=alike))
    if unknown := named("not_enough_evidence"):
        said.append(_("Not enough evidence to say anything: {skills}.", skills=unknown))
    if disputed := named(DISPUTED):
        said.append(_("Graders agree too little on these to judge anybody by them: {skills}.", skills=disputed))
    return said


def skill_interval(say: Voice, found: SkillProfile) -> str:
    """The likely range of a skill."""
    return say.figures.range(found.interval_low, found.interval_high, 1)


# ---------- coverage of one person
def coverage(say: Voice, found: QaCoverage) -> list[str]:
    """How much of a person's work was scored, as sentences."""
    _, count = say.words, say.figures.count
    if not found.forms:
        said = [_("No contact of this person was scored in this period.")]
    elif found.contacts_handled is None:
        said = [_("Forms this rests on: {forms}.", forms=count(found.forms))]
    else:
        said = [
            _(
                "Forms this rests on: {forms}; contacts scored: {scored} of {handled} ({share}).",
                forms=count(found.forms),
                scored=count(found.contacts_scored),
                handled=count(found.contacts_handled),
                share=say.figures.share(found.coverage_share),
            )
        ]
    if found.third_party_forms:
        said.append(_("Scored by a third party: {count}.", count=count(found.third_party_forms)))
    if found.test_calls:
        said.append(_("Test calls, which are not among them: {count}.", count=count(found.test_calls)))
    if found.forms and found.remaining_sd_points is not None:
        said.append(
            _(
                "Two times in three, the true QA score of all this person's work lies within {points} points of the "
                "estimate.",
                points=say.figures.number(found.remaining_sd_points, 1),
            )
        )
    return said
