"""The rules that pages of QA fairness print: what each does, its value, and sentences made of values.

Belongs here: text about rules. Does not belong here: the rules themselves (dbt_project/seeds/rules.csv), other words
(`_quality_words`, `_quality_people_words`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.marts import Rule
from pipelines.site.areas import _tier_rules
from pipelines.site.fragments import Voice

FAIRNESS = (
    "rater_agreement",
    "rater_agreement_coaching",
    "calibration_min_contacts",
    "grader_min_forms",
    "word_reliability",
    "critical_item_missed_share",
    "item_missed_share",
    "tier_reliability",
    "group_min_people",
)
"""Rules behind the page of fairness, in the order in which they act."""
PLAN = ("tier_enter", "sampling_weight_floor", "group_min_people")
"""Rules behind the next forms."""


def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    own = {
        "rater_agreement": _("Agreement from which scores may count in tiers"),
        "rater_agreement_coaching": _("Agreement from which scores may be used for coaching"),
        "calibration_min_contacts": _("Fewest contacts, or pairs of scores, before agreement is judged"),
        "grader_min_forms": _("Fewest forms before a grader's strictness is judged"),
        "word_reliability": _("Part of a difference that must be expected to be seen again before it gets a word"),
        "critical_item_missed_share": _("A critical item with this share of its points or less is a critical error"),
        "item_missed_share": _("An item with this share of its points or less counts as missed"),
        "group_min_people": _("Fewest people of a team that is shown on pages of the centre"),
        "sampling_weight_floor": _("Weight of a form that would change nothing; it is 1 where most depends on it"),
    }
    return own[found.rule_id] if found.rule_id in own else _tier_rules.rule(say, found)


def amount(say: Voice, found: Rule) -> str:
    """A rule's value in its unit."""
    if found.rule_id in ("rater_agreement", "rater_agreement_coaching", "sampling_weight_floor"):
        return say.figures.number(found.value, 2)
    return _tier_rules.amount(say, found)


def cut_lines(say: Voice, rules: Iterable[Rule]) -> str:
    """From where on a score may be used for what."""
    _, value = say.words, {found.rule_id: amount(say, found) for found in rules}
    return _(
        "From {fit} on a score may count in tiers; from {coaching} on it may be used for coaching; below that it "
        "should not be used. Below {contacts} contacts there is not enough evidence.",
        fit=value["rater_agreement"],
        coaching=value["rater_agreement_coaching"],
        contacts=value["calibration_min_contacts"],
    )


def calibrate(say: Voice, rules: Iterable[Rule]) -> str:
    """What to do where nobody knows whether graders agree."""
    _ = say.words
    fewest = next(amount(say, found) for found in rules if found.rule_id == "calibration_min_contacts")
    return _(
        "No contact was scored by two or more graders. Let several graders score the same {contacts} contacts on their "
        "own, and this page can say how far they agree.",
        contacts=fewest,
    )


def small_teams(say: Voice, rules: Iterable[Rule]) -> str:
    """Which teams are left out where everybody reads."""
    _ = say.words
    fewest = next(amount(say, found) for found in rules if found.rule_id == "group_min_people")
    return _("Teams are in order of name; those of fewer than {count} people are left out here.", count=fewest)


def weight(say: Voice, rules: Iterable[Rule]) -> str:
    """What a form is worth for the decision."""
    _, value = say.words, {found.rule_id: amount(say, found) for found in rules}
    return _(
        "from {least} to 1: the nearer the probability of the low or the high tier lies to {line}, from where a tier "
        "is given, the more; 1 also for whoever is new or of whom too little is known",
        least=value["sampling_weight_floor"],
        line=value["tier_enter"],
    )
