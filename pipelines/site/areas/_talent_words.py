"""What the pages say about ability and engagement: codes in words, and whole sentences.

Belongs here: text about places. Does not belong here: the engagement axis (`_talent_engagement`), rising people
(`_talent_rising`), which rows a page shows (`talent`), captions. What goes well comes first, a place is an invitation,
and nothing here follows for anybody's employment.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import EngagementAxis, Quadrant, QuadrantCount, Rule
from pipelines.site.areas import _talent_engagement as engagement
from pipelines.site.areas._talent_book import Cuts
from pipelines.site.areas._talent_drawings import NO_PLACES, PLACES
from pipelines.site.areas._tier_rules import amount as tier_amount
from pipelines.site.areas._tier_words import likely
from pipelines.site.fragments import Voice

RULES = (
    "quadrant_ability_cut",
    "quadrant_engagement_cut",
    "quadrant_sure",
    "engagement_min_items",
    "engagement_item_share",
    "peer_min_raters",
    "engagement_alpha",
    "rater_agreement",
    "group_min_people",
)
"""Rules that the page prints, in the order in which a reader meets them."""
CODES = (*PLACES, *NO_PLACES)


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _(
        "Ability and engagement side by side: how many people stand where, and which first step each place suggests."
    )


# ---------- codes
def place(say: Voice, code: str) -> str:
    """Where somebody stands."""
    _ = say.words
    return {
        "lead": _("able and engaged"),
        "unblock": _("able but less engaged"),
        "develop": _("engaged and still learning"),
        "restart": _("both to build up"),
        "between": _("between places"),
        "not_rated": _("not rated"),
        "not_enough_evidence": _("not enough evidence"),
        "new_starter": _("new starter"),
    }[code]


def step(say: Voice, code: str) -> str:
    """The first step a place suggests, in a few words."""
    _ = say.words
    return {
        "lead": _("delegate, widen responsibility"),
        "unblock": _("ask what is in the way: goals, recognition, workload, fit"),
        "develop": _("train, match the work, set concrete targets with a method"),
        "restart": _("one small plan: energy first, ability after"),
        "between": _("start from what goes well, and ask"),
        "not_rated": _("talk about the work; too little is known of engagement"),
        "not_enough_evidence": _("talk about the work; the figures know too little"),
        "new_starter": _("help with the start"),
    }[code]


def talk(say: Voice, code: str) -> str:
    """How a leader may begin the conversation."""
    _ = say.words
    return {
        "lead": _(
            "Say thank you, and ask what they would like to take on: helping newer colleagues, looking after a topic, "
            "joining a calibration. Hand over the decision with the task."
        ),
        "unblock": _(
            "Say first what you value in the work, and that you trust it. Then ask, and ask early: are the goals "
            "clear, is good work seen, is the workload right, does the work fit? Change one thing that you hear."
        ),
        "develop": _(
            "Build on the energy that is there. Train now, look for the work that suits best, and agree on concrete "
            "targets, each with the method that leads there."
        ),
        "restart": _(
            "Agree on one small plan with an end date and short, regular talks. Energy comes first, ability after; say "
            "that you believe in it."
        ),
    }[code]


def invitation(say: Voice, code: str) -> str:
    """The same step as the person reads it."""
    _ = say.words
    return {
        "lead": _(
            "An invitation: could lead. Helping newer colleagues, looking after a topic, deciding more – what would be "
            "attractive?"
        ),
        "unblock": _(
            "An invitation: the work is strong, so let us ask what would make it a better place to do it – clearer "
            "goals, more recognition, another workload, work that fits better?"
        ),
        "develop": _(
            "An invitation: the energy is there, so let us add to the skill – training, work that suits, and concrete "
            "targets with a way to reach each."
        ),
        "restart": _("An invitation: one small plan, chosen together and with an end. Energy first, ability after."),
    }[code]


# ---------- the centre
def centre(say: Voice, found: EngagementAxis, counts: Sequence[QuadrantCount]) -> list[str]:
    """What the page opens with. Only counts that may be shown are spoken of, never a sum of them."""
    _, count = say.words, say.figures.count
    if found.state != "shown":
        return [engagement.axis(say, found)]
    shown = [each for each in counts if each.people and each.quadrant in PLACES]
    said = []
    if shown:
        group = max(shown, key=lambda each: (each.people or 0, -PLACES.index(each.quadrant)))
        listed = [
            _("{place} ({people})", place=place(say, each.quadrant), people=count(each.people))
            for each in sorted(shown, key=lambda each: CODES.index(each.quadrant))
        ]
        said = [
            _(
                "Of {people} people: {places}. The others are between places, not rated, or too few to show.",
                people=count(group.group_people),
                places=say.listing(listed),
            ),
            _("The first step for the largest of these groups: {step}.", step=step(say, group.quadrant)),
        ]
    return [*said, engagement.axis(say, found)]


def people(say: Voice, counts: Sequence[QuadrantCount], code: str) -> str:
    """A count of the centre; a dash when it is hidden."""
    return say.figures.count(next((each.people for each in counts if each.quadrant == code), None))


# ---------- one person
def person(say: Voice, found: Quadrant, centre_axis: EngagementAxis, cuts: Cuts) -> list[str]:
    """What a person's page says about the place, whole sentences."""
    _, write = say.words, say.figures
    if found.quadrant == "not_rated" and centre_axis.state != "shown":
        return [engagement.axis(say, centre_axis)]
    if found.quadrant == "not_rated":
        return [
            _(
                "Engagement is not rated: {items} items were observed, {least} are needed. A gap is never a zero.",
                items=write.count(found.engagement_items),
                least=write.count(centre_axis.least_items),
            )
        ]
    if found.quadrant == "new_starter":
        return [_("In the first weeks nobody is placed. Help with the start comes first.")]
    if found.quadrant == "not_enough_evidence":
        return [_("Not enough evidence for a place. That is a result, not a gap in the page.")]
    return [_place(say, found, cuts), chances(say, found, cuts), *_scores(say, found, cuts)]


def _place(say: Voice, found: Quadrant, cuts: Cuts) -> str:
    _, share = say.words, say.figures.share
    if found.quadrant == "between":
        return _(
            "No place is likely enough to be named; it takes {sure}. That is a result, not a gap in the page.",
            sure=share(cuts.sure, 0),
        )
    return _("Most likely: {place} ({p}).", place=place(say, found.quadrant), p=chance(say, found.p_named, cuts))


def chances_of(found: Quadrant) -> tuple[float | None, ...]:
    """The four probabilities in the order of `PLACES`."""
    return found.p_lead, found.p_unblock, found.p_develop, found.p_restart


def chance(say: Voice, p: float | None, cuts: Cuts) -> str:
    """The probability of a place; it never looks large enough to name one when it is not."""
    _, needed = say.words, say.figures.share(cuts.sure, 0)
    if p is not None and p < cuts.sure and likely(say, p) == needed:
        return _("just under {sure}", sure=needed)
    return likely(say, p)


def chances(say: Voice, found: Quadrant, cuts: Cuts) -> str:
    """The four probabilities in one sentence."""
    _ = say.words
    pairs = [f"{place(say, code)} {chance(say, p, cuts)}" for code, p in zip(PLACES, chances_of(found), strict=True)]
    return _("Chances: {places}.", places=say.listing(pairs))


def _scores(say: Voice, found: Quadrant, cuts: Cuts) -> list[str]:
    _, write = say.words, say.figures
    return [
        _(
            "Ability {score} of 100, likely between {low} and {high}; the line is at {cut}.",
            score=write.number(found.ability_score, 0),
            low=write.number(found.ability_low, 0),
            high=write.number(found.ability_high, 0),
            cut=write.number(cuts.ability, 0),
        ),
        _(
            "Engagement {score} of 100, likely between {low} and {high}; the line is at {cut}.",
            score=write.number(found.engagement_score, 0),
            low=write.number(found.engagement_low, 0),
            high=write.number(found.engagement_high, 0),
            cut=write.number(cuts.engagement, 0),
        ),
    ]


# ---------- rules
def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "quadrant_ability_cut": _("Line of ability"),
        "quadrant_engagement_cut": _("Line of engagement"),
        "quadrant_sure": _("How likely a place must be before it is named"),
        "engagement_min_items": _("Fewest items that make up engagement"),
        "engagement_item_share": _("How many of the people must have an item before it counts"),
        "peer_min_raters": _("Fewest colleagues whose ratings make a peer rating"),
        "engagement_alpha": _("How well the items must agree (Cronbach's alpha)"),
        "rater_agreement": _("How well graders must agree before attitude counts"),
        "group_min_people": _("Fewest people of a group that is shown on pages of the centre"),
    }[found.rule_id]


def amount(say: Voice, found: Rule) -> str:
    """A rule's value in its unit; a coefficient is no percentage."""
    if found.rule_id in ("engagement_alpha", "rater_agreement"):
        return say.figures.number(found.value, 2)
    return tier_amount(say, found)
