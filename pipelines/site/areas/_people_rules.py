"""The rules behind indices and workload in words: what each does, its value, who decided it and since when."""

from __future__ import annotations

from pipelines.marts import Rule
from pipelines.site.areas import _tier_rules
from pipelines.site.areas._people_kpis import QUALITY, TRAINING, VOLUME
from pipelines.site.fragments import Voice

RULE_OF = {
    VOLUME: "call_volume_min_days",
    QUALITY: "complaint_coefficient_points",
    TRAINING: "absence_coefficient_points",
}
RULES = (*RULE_OF.values(), "attendance_min_hours", "occupancy_warning", "group_min_people")
"""Rules that the page of indices prints."""
FIRST_YEAR = 1900
"""A rule that starts then has always been in force."""


def rule(say: Voice, found: Rule) -> str:
    """What a rule does."""
    _ = say.words
    return {
        "call_volume_min_days": _("Fewest planned days for a call-volume index"),
        "complaint_coefficient_points": _("Points off for each justified complaint"),
        "absence_coefficient_points": _("Points off for each unexcused absence from training"),
        "attendance_min_hours": _("Fewest hours due for a share of time worked"),
        "occupancy_warning": _("Load above which staffing is looked at first"),
        "group_min_people": _("Fewest people of a team that is shown on pages of the centre"),
    }[found.rule_id]


def decided(say: Voice, found: Rule, owner: str) -> str:
    """A rule's value with who decided it and since when."""
    _ = say.words
    if found.valid_from.year > FIRST_YEAR:
        return _(
            "{value}, decided by {owner}, since {day}",
            value=_tier_rules.amount(say, found),
            owner=owner,
            day=say.day(found.valid_from),
        )
    return _("{value} ({owner})", value=_tier_rules.amount(say, found), owner=owner)
