"""What the pages say about tiers: codes in words, and whole sentences.

Belongs here: text about tiers. Does not belong here: which rows a page shows (`tiers`), captions. Strengths come
first, support next; nothing here suggests a consequence for anybody's employment.
"""

from __future__ import annotations

from datetime import date

from pipelines.marts import Tier, TierChange, TierCount, TierMix, TierMove
from pipelines.site.answers import SENTENCES
from pipelines.site.fragments import Voice


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Tiers with their evidence: how many people, by which rule, and how much of it is chance.")


def tier(say: Voice, code: str) -> str:
    """A tier's name."""
    _ = say.words
    return {
        "high": _("high"),
        "mid": _("mid"),
        "low": _("low"),
        "not_enough_evidence": _("not enough evidence"),
        "new_starter": _("new starter"),
    }[code]


def strength(say: Voice, found: Tier) -> str:
    """How sure a tier is; for a mid tier near a cut, which one."""
    _ = say.words
    if found.is_gated and found.borderline == "high":
        return _("held at mid by critical errors")
    if found.borderline == "low":
        return _("mid, more likely low but not surely")
    if found.borderline == "high":
        return _("mid, more likely high but not surely")
    return {
        "firm": _("sure: at least 8 in 10"),
        "leaning": _("leaning: 6 to 8 in 10"),
        "borderline": _("borderline: less than 6 in 10"),
        None: "",
    }[found.strength]


def no_tier(say: Voice, code: str | None) -> str:
    """Why somebody has no tier."""
    _ = say.words
    return {
        None: "",
        "new_starter": _("In the first weeks nobody is sorted. The line to watch is the ramp, not the level."),
        "low_reliability": _("Too few observations: less than the required part of a difference would be seen again."),
        "low_coverage": _("Too little of what counts was measured."),
        "not_comparable": _("Too much of this work is done by nobody else, so there is nothing to compare it with."),
        "straddles": _("The likely range reaches from below the low line to above the high line."),
    }[code]


def chances(say: Voice, found: Tier) -> str:
    """The three probabilities in one sentence."""
    _ = say.words
    return _(
        "Chances: high {high}, mid {mid}, low {low}.",
        high=likely(say, found.p_high),
        mid=likely(say, found.p_mid),
        low=likely(say, found.p_low),
    )


def window(say: Voice, kind: str, first: date, last: date) -> str:
    """A judgement window: a quarter by its name, anything else by its days."""
    return say.figures.period(kind, first) if kind == "quarter" else say.figures.days(first, last)


def likely(say: Voice, p: float | None) -> str:
    """A probability that never looks certain."""
    _, share = say.words, say.figures.share
    if p is not None and share(p, 0) == share(1.0, 0):
        return _("over 99%")
    if p is not None and share(p, 0) == share(0.0, 0):
        return _("under 1%")
    return share(p, 0)


def person(say: Voice, found: Tier) -> list[str]:
    """What a person's page says about the tier, whole sentences."""
    _, write = say.words, say.figures
    score = {
        "score": write.number(found.score, 1),
        "low": write.number(found.score_low, 1),
        "high": write.number(found.score_high, 1),
    }
    if found.tier == "new_starter":
        said = [_("New starter: no tier yet."), no_tier(say, "new_starter")]
    elif found.tier == "not_enough_evidence":
        said = [
            _("Not enough evidence for a tier. That is a result, not a gap in the page."),
            no_tier(say, found.no_tier_reason),
        ]
    else:
        said = [
            _("Tier: {tier} ({strength}).", tier=tier(say, found.tier), strength=strength(say, found)),
            _(
                "Score {score}, likely between {low} and {high} of 100; 60 is the minimum standard, 80 the target.",
                **score,
            ),
            chances(say, found),
        ]
    if found.tier in ("high", "low") and found.tier == found.previous_tier and found.strength != "firm":
        said.append(_("It is the tier of the quarter before: to keep a tier takes less evidence than to enter it."))
    if found.is_gated and found.tier == "mid":
        said.append(
            _("The critical-error rate is surely above its limit, so the tier stays at mid until that is solved.")
        )
    elif found.is_gated:
        said.append(_("The critical-error rate is surely above its limit; that comes before anything else."))
    if found.p_flip is not None:
        said.append(
            _(
                "If nothing changed, chance alone would give another tier next quarter in {flip} of cases.",
                flip=likely(say, found.p_flip),
            )
        )
    if found.window_kind == "quarter" and found.revision is None:
        said.append(_("Provisional: the last days of the quarter are still open, so figures may move a little."))
    if found.revision and found.revision > 1:
        said.append(
            _(
                "Revision {number}: data or rules of this quarter changed after it was published.",
                number=write.count(found.revision),
            )
        )
    return said


def move(say: Voice, found: TierMove) -> list[str]:
    """Why the score moved since the person's quarter before, which an absence may put further back."""
    _ = say.words

    def points(x: float | None) -> str:
        return say.figures.signed(x)

    said = [
        _(
            "Since {quarter} the score moved by {change}: {skill} from own results, {rule} from changed rules, "
            "{revision} from corrected data.",
            quarter=say.figures.period("quarter", found.previous_start),
            change=points(found.score_change),
            skill=points(found.skill_part),
            rule=points(found.rule_part),
            revision=points(found.revision_part),
        )
    ]
    if found.mix_removed is not None and abs(found.mix_removed) >= 1:
        said.append(
            _(
                "Different work alone would have moved the plain figures by {mix}; that is taken out and does not "
                "count.",
                mix=points(found.mix_removed),
            )
        )
    return said


def centre(
    say: Voice, mix: TierMix, counts: tuple[TierCount, ...], changes: tuple[TierChange, ...], fewest: float
) -> list[str]:
    """What the tiers page opens with; a number of people below `fewest` is not told, nor one that gives it away."""
    _, count = say.words, say.figures.count
    people = {found.tier: _("not shown") if found.people is None else count(found.people) for found in counts}
    counted = [
        _(
            "Of {people} people: high {high}, mid {mid}, low {low}.",
            people=count(mix.people),
            high=people["high"],
            mid=people["mid"],
            low=people["low"],
        )
    ]
    if mix.people > mix.high + mix.mid + mix.low:
        counted.append(
            _(
                "Not enough evidence: {unknown}; new: {new}.",
                unknown=people["not_enough_evidence"],
                new=people["new_starter"],
            )
        )
    said = [say.sentences(counted)]
    now = next((found for found in changes if found.is_current), None)
    if now:
        said.append(say.sentences([change(say, now), verdict(say, now)]))
    elif mix.high + mix.mid + mix.low:
        said.append(
            _(
                "If nobody changed at all, about {flips} of these tiers would still differ next quarter, "
                "by chance alone.",
                flips=count(mix.expected_flips),
            )
        )
    return [*said, *ranking(say, mix, fewest)][:SENTENCES]


def ranking(say: Voice, mix: TierMix, fewest: float) -> list[str]:
    """What ranking people would have said instead."""
    _, count = say.words, say.figures.count

    def told(people: int) -> bool:
        return people == 0 or people >= fewest

    said = []
    if mix.raw_low >= fewest and told(mix.raw_low_not_low) and told(mix.raw_low - mix.raw_low_not_low):
        said.append(
            _(
                "Ranking the plain figures and calling the last fifth low would have named {raw} people, "
                "{wrong} of whom are not low once work and chance are allowed for.",
                raw=count(mix.raw_low),
                wrong=count(mix.raw_low_not_low),
            )
        )
    elif mix.raw_low >= fewest and mix.raw_low_not_low:
        said.append(
            _(
                "Ranking the plain figures and calling the last fifth low would have named {raw} people, not all of "
                "whom are low once work and chance are allowed for.",
                raw=count(mix.raw_low),
            )
        )
    if mix.conflicts >= fewest:
        said.append(
            _(
                "Sorting by score into 20, 60 and 20 per cent would put {people} people into another tier.",
                people=count(mix.conflicts),
            )
        )
    return said


def change(say: Voice, found: TierChange) -> str:
    """How many changed since the quarter before, and how many would have by chance."""
    _, count = say.words, say.figures.count
    chance = count(found.expected_by_chance)
    if found.changed is None:
        return _(
            "Since the quarter before a few of {people} people changed tier; by chance alone about {chance} would "
            "have.",
            people=count(found.people),
            chance=chance,
        )
    return _(
        "Since the quarter before {changed} of {people} people changed tier{direction}; by chance alone about {chance} "
        "would have.",
        changed=count(found.changed),
        people=count(found.people),
        direction={"mostly_up": _(", mostly upwards"), "mostly_down": _(", mostly downwards")}.get(found.direction, ""),
        chance=chance,
    )


def verdict(say: Voice, found: TierChange) -> str:
    """Whether so many changes need another reason than chance."""
    _ = say.words
    return {
        "more_than_chance": _("That is more than chance: look for what happened to everybody."),
        "as_chance": _("Chance explains that."),
        "less_than_chance": _("That is fewer than chance alone brings."),
    }[found.verdict]


def direction(say: Voice, found: TierChange) -> str:
    """Where those who changed went, for a table."""
    _ = say.words
    return {
        "too_few": _("too few to say"),
        "nobody": _("nobody changed"),
        "mostly_up": _("mostly upwards"),
        "mostly_down": _("mostly downwards"),
        "both_ways": _("both ways"),
    }[found.direction]


def comparison(say: Voice, code: str) -> str:
    """A person against peers on one KPI."""
    _ = say.words
    return {
        "better": _("better than peers"),
        "worse": _("below peers"),
        "alike": _("like peers"),
        "cannot_say": _("too little to compare"),
        "not_comparable": _("nobody does comparable work"),
        "no_direction": _("no good or bad direction"),
    }[code]
