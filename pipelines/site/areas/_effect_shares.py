"""How many programmes show a gain, in one sentence and line by line, and the rules behind it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.marts import EffectShare, Rule
from pipelines.site.areas import _effect_words, _tier_rules
from pipelines.site.fragments import Voice

RULES = (
    "worthwhile_gain_points",
    "effect_sure_z",
    "mde_power",
    "mde_alpha",
    "fdr_q",
    "effect_min_treated",
    "effect_min_control",
    "effect_min_tenure_days",
    "effect_min_months",
    "group_min_people",
)
"""Rules that the page prints."""


def sentence(say: Voice, found: EffectShare) -> str:
    """How many programmes of a group show a gain, of those that could have shown one."""
    _, write = say.words, say.figures
    what = _effect_words.group(say, found.programme_kind, found.outcome_level)
    if found.gain_share is None:
        return _(
            "{what}: none of {all} comparisons can be assessed yet, which is not the same as no effect.",
            what=what,
            all=write.count(found.programmes),
        )
    return _(
        "{what}: counted gains {gains} of {assessable} that can be assessed ({share}, likely {low} to {high}; chance "
        "alone would give about {chance}). In {unknown} of {all} nobody can tell.",
        what=what,
        unknown=write.count(found.not_assessable),
        all=write.count(found.programmes),
        **counted(say, found),
    )


def counted(say: Voice, found: EffectShare) -> dict[str, str]:
    """What a sentence about counted gains is filled with: their number, of how many, the share, its range, chance."""
    write = say.figures
    return {
        "gains": write.count(found.gains),
        "assessable": write.count(found.assessable),
        "share": write.share(found.gain_share, 0),
        "low": write.share(found.gain_share_low, 0),
        "high": write.share(found.gain_share_high, 0),
        "chance": write.number(found.expected_by_chance, 1),
    }


def lines(say: Voice, shares: Sequence[EffectShare]) -> Iterator[tuple[str, list[str]]]:
    """Rows of the table: what is counted, and the figure of each group of programmes."""
    _, write = say.words, say.figures
    yield _("Comparisons of a programme with a measure"), [write.count(share.programmes) for share in shares]
    yield _("Can be assessed"), [write.count(share.assessable) for share in shares]
    yield (
        _("Cannot be assessed, which is not the same as no effect"),
        [write.count(share.not_assessable) for share in shares],
    )
    yield (
        _("Measurable gain that also holds where so many are looked at"),
        [write.count(share.gains) for share in shares],
    )
    yield _("Share of those that can be assessed"), [write.share(share.gain_share) for share in shares]
    yield _("Likely range (90%)"), [write.share_range(share.gain_share_low, share.gain_share_high) for share in shares]
    yield (
        _("Gains that chance alone would give if no programme did anything"),
        [write.number(share.expected_by_chance if share.assessable else None, 1) for share in shares],
    )
    yield (
        _("Optimistic guess of the share that works at all (Storey 2002), rough where they are few"),
        [_optimistic(say, share) for share in shares],
    )
    yield (
        _("Called a gain by before and after, of those that can be assessed"),
        [write.count(share.before_after_claims) for share in shares],
    )
    yield (
        _("Measured in comparisons too small to be counted"),
        [write.count(share.gains_not_assessable) for share in shares],
    )


def _optimistic(say: Voice, share: EffectShare) -> str:
    """An upper guess below what was found means that too few programmes were there to make one."""
    _ = say.words
    if share.optimistic_share is None or share.gain_share is None:
        return say.figures.share(None)
    if share.optimistic_share < share.gain_share:
        return _("too few to guess")
    return say.figures.share(share.optimistic_share)


def rule(say: Voice, found: Rule) -> str:
    """What a rule decides."""
    _ = say.words
    return {
        "worthwhile_gain_points": _(
            "Smallest gain worth having: points of a score of 100, percentage points of a share, per cent of the usual "
            "value of anything else"
        ),
        "effect_sure_z": _("How far from zero both estimates must lie on average, in standard errors"),
        "mde_power": _("How often the smallest detectable gain must be found where it is there"),
        "mde_alpha": _("How often a gain may be found where there is none"),
        "fdr_q": _("Part of the counted gains that may be wrong when many are looked at"),
        "effect_min_treated": _("Fewest people in a programme before it is assessed"),
        "effect_min_control": _("Fewest people they are compared with"),
        "effect_min_tenure_days": _("Days of service from which people are compared; newer ones improve by themselves"),
        "effect_min_months": _("Fewest observed months of the three before, and of the three after"),
        "group_min_people": _("Fewest people about whom this page gives figures"),
    }[found.rule_id]


def value_of(say: Voice, rules: Sequence[Rule], rule_id: str) -> str:
    """The value of one of the rules."""
    return next(_tier_rules.amount(say, found) for found in rules if found.rule_id == rule_id)
