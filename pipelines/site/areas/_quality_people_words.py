"""What pages say about the next forms, and about the skills of people and teams.

Belongs here: text, strengths first. Does not belong here: which rows a page shows (`quality`), words about graders
(`_quality_words`). More forms are a chance to be seen, never a penalty; nothing here suggests a consequence.
"""

from __future__ import annotations

from pipelines.marts import QaCoverage, SkillProfile
from pipelines.site.areas._quality_contexts import REASONS, Profile, Share
from pipelines.site.areas._quality_words import skill
from pipelines.site.fragments import Voice

RULES = ("tier_enter", "sampling_weight_floor", "group_min_people")
"""Rules that the page of next forms prints."""
REASON_ORDER = REASONS


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
            "With as many forms as in this period ({forms}), everybody gets at least one, and the rest goes where a form "
            "can still change something.",
            forms=count(centre.people[0].budget_forms),
        )
    ]
    if near:
        said.append(
            _(
                "{given} forms go to {people} people who stand close to a tier line: more evidence could settle it.",
                given=count(centre.given("near_decision")),
                people=count(near),
            )
        )
    if new:
        said.append(
            _(
                "{given} forms go to {people} people who are new or of whom too little is known.",
                given=count(centre.given("no_forms_yet") + centre.given("not_judged")),
                people=count(new),
            )
        )
    said.append(
        _(
            "What is not known of a person's score would fall from {now} points to {then} points.",
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
        "routine": _("routine: more forms would change little"),
    }[code]


# ---------- skills
def verdict(say: Voice, code: str) -> str:
    """What a skill shows against the whole centre."""
    _ = say.words
    return {
        "strength": _("a strength"),
        "like_centre": _("like the whole centre"),
        "not_enough_evidence": _("not enough evidence"),
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
    if not said:
        said.append(_("No skill differs from the whole centre by more than chance."))
    if unknown := named("not_enough_evidence"):
        said.append(_("Not enough evidence to say anything: {skills}.", skills=unknown))
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
        said = [_("This rests on {forms} forms.", forms=count(found.forms))]
    else:
        said = [
            _(
                "This rests on {forms} forms: {scored} of {handled} contacts were scored ({share}).",
                forms=count(found.forms),
                scored=count(found.contacts_scored),
                handled=count(found.contacts_handled),
                share=say.figures.share(found.coverage_share),
            )
        ]
    if found.third_party_forms:
        said.append(_("Of these, {count} were scored by a third party.", count=count(found.third_party_forms)))
    if found.test_calls:
        said.append(_("Test calls, which are not among them: {count}.", count=count(found.test_calls)))
    if found.forms and found.remaining_sd_points is not None:
        said.append(
            _(
                "Two times in three, the true score of all this person's work lies within {points} points of the "
                "estimate.",
                points=say.figures.number(found.remaining_sd_points, 1),
            )
        )
    return said
