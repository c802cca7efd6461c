"""Rules, weights and standards of tiers as a page prints them: what each does, its value, and who decided it when.

Belongs here: text. Does not belong here: what is said about people (`_tier_words`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.marts import Anchor, Rule
from pipelines.site.fragments import Voice

RULES = (
    "tier_low_cut",
    "tier_high_cut",
    "tier_enter",
    "tier_stay",
    "tier_reliability",
    "tier_coverage",
    "tier_straddle",
    "no_reference_share",
    "min_reference_n",
    "grace_days",
    "grace_volume_share",
    "guard_cap",
    "critical_error_limit",
    "critical_error_sure",
)
"""Rules that the tiers page prints, in the order in which they act."""


def rule(say: Voice, found: Rule) -> str:
    """What a rule does, as a sentence."""
    _ = say.words
    return {
        "tier_low_cut": _("Below this score a result is low"),
        "tier_high_cut": _("Above this score a result is high"),
        "tier_enter": _("How sure it must be before somebody enters the low or the high tier"),
        "tier_stay": _("How sure it must still be for somebody to stay there"),
        "tier_reliability": _(
            "Part of a difference in score that must be expected to be seen again; less is not enough evidence"
        ),
        "tier_coverage": _("Part of the weights that must rest on observations"),
        "tier_straddle": _("Nobody has a tier who is this likely to be low and this likely to be high"),
        "no_reference_share": _("Most work that may lack a comparison with others"),
        "min_reference_n": _("Observations of others that make a comparison"),
        "grace_days": _("Days after the first day in which nobody is sorted"),
        "grace_volume_share": _("Share of the usual number of contacts below which a first quarter is not sorted"),
        "guard_cap": _("Most points of a KPI whose guard stands out"),
        "critical_error_limit": _("Critical-error rate above which the tier stays at mid"),
        "critical_error_sure": _("How sure that must be"),
    }[found.rule_id]


def amount(say: Voice, found: Rule) -> str:
    """A rule's value in its unit."""
    if found.unit in ("share", "probability", "share of points"):
        return say.figures.decided_share(found.value)
    return say.figures.decided(found.value)


def decided(say: Voice, anchors: Sequence[Anchor]) -> str:
    """Who set the weights of a role, and since when."""
    _ = say.words
    sets = dict.fromkeys((anchor.weight_owner, anchor.weight_valid_from) for anchor in anchors)
    named = [
        _("{owner} (since {day})", owner=owner(say, name), day=say.figures.day(since))
        if since.year > 1900
        else owner(say, name)
        for name, since in sets
    ]
    return _("Weights set by: {owners}.", owners=say.listing(named))


def owner(say: Voice, name: str) -> str:
    """Who decided a rule."""
    _ = say.words
    return {"default": _("starting value of this product"), "derived": _("derived, provisional")}.get(name, name)


def anchor(say: Voice, kpi_id: str, basis: str | None, x: float | None) -> str:
    """An anchor: a value of the KPI, or a ratio to what is expected for such work."""
    _ = say.words
    if basis == "ratio" and x is not None:
        return _("{ratio} times the value expected for such work", ratio=say.figures.number(x, 2))
    return say.plain(kpi_id, x)
