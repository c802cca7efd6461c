"""What the pages say about who rises, and about good work that the plain figures hide.

Belongs here: text. Does not belong here: who is listed (dbt_project, fct_rising), which rows a page shows (`talent`).
This is recognition; nothing can be read from it about anybody who is not named.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Rising, Rule
from pipelines.site.areas._talent_contexts import Group
from pipelines.site.areas._tier_words import likely
from pipelines.site.fragments import Voice

RULES = (
    "rising_quarters",
    "rising_min_quarters",
    "rising_sure",
    "tier_high_cut",
    "worthwhile_gain_points",
    "group_min_people",
)
"""Rules that the page prints."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _(
        "Who is getting better, and whose good work the plain figures hide: how both are found, and how many there are."
    )


def centre(say: Voice, groups: Sequence[Group], quarters: int, fewest_quarters: float) -> list[str]:
    """What the page opens with: of people whose team is shown only, so that no small team can be worked out."""
    _, count = say.words, say.figures.count
    if not groups:
        return [_("No team has enough people to be counted on a page that everybody reads.")]
    people = count(sum(group.people for group in groups))
    rising, hidden = sum(group.rising for group in groups), sum(group.hidden for group in groups)
    said = []
    if quarters < fewest_quarters:
        said.append(
            _(
                "A rise needs at least {fewest} complete quarters to be seen; so far there are {count}.",
                fewest=count(fewest_quarters),
                count=count(quarters),
            )
        )
    elif rising:
        said.append(
            _(
                "Rising by more than chance and more than everybody does: {count} of the {people} people counted here.",
                people=people,
                count=count(rising),
            )
        )
    else:
        said.append(
            _(
                "Of the {people} people counted here, nobody rises by more than chance and more than everybody does. "
                "That is usual in most quarters.",
                people=people,
            )
        )
    if hidden:
        said.append(
            _("Better than the plain figures show: {count} of the {people}.", count=count(hidden), people=people)
        )
    else:
        said.append(_("The plain figures hide nobody's good work this time."))
    if not rising and not hidden:
        return said
    if groups[0].link.grain == "team":
        return [*said, _("Their names stand on the pages of their teams, for a thank-you.")]
    return [*said, _("It stands on their own pages, for a thank-you.")]


def person(say: Voice, found: Rising, high_line: float) -> list[str]:
    """What makes somebody worth noticing, whole sentences."""
    _, write, said = say.words, say.figures, []
    if found.is_rising:
        said.append(
            _(
                "Rising: {slope} points a quarter over {quarters} quarters, where everybody together moved by {mean}. "
                "It is {p} likely that this is real and more than what moved everybody.",
                slope=write.signed(found.slope_points_per_quarter),
                quarters=write.count(found.quarters),
                mean=write.signed(found.centre_slope_points_per_quarter),
                p=likely(say, found.p_rising),
            )
        )
    if found.is_hidden:
        said.append(
            _(
                "Better than the plain figures show: {raw} points become {adjusted} once the work is compared with the "
                "same work of colleagues. It is {p} likely that the true score is above the high line of {line}.",
                raw=write.number(found.score_raw, 0),
                adjusted=write.number(found.score_adjusted, 0),
                p=likely(say, found.p_high),
                line=write.number(high_line, 0),
            )
        )
    return said


def values(rules: Sequence[Rule]) -> dict[str, float]:
    """The values of the rules by id, for sentences."""
    return {rule.rule_id: rule.value for rule in rules}


def rule(say: Voice, found: Rule) -> str:
    """What a rule does here."""
    _ = say.words
    return {
        "rising_quarters": _("Quarters looked back over"),
        "rising_min_quarters": _("Fewest of them with a score"),
        "rising_sure": _("How likely a rise must be before it is named"),
        "tier_high_cut": _("The high line: at or above it, work is high"),
        "worthwhile_gain_points": _("Smallest difference in points worth noticing"),
        "group_min_people": _("Fewest people of a group that is shown on pages of the centre"),
    }[found.rule_id]
