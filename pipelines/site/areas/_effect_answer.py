"""What the page of effects opens with, and why before and after misleads: sentences made from the comparisons.

Belongs here: sentences over several programmes. Does not belong here: words about one of them (`_effect_words`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from pipelines.marts import EffectShare
from pipelines.site.areas._effect_contexts import EffectsPage
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.areas._effect_figures import size
from pipelines.site.areas._effect_shares import counted
from pipelines.site.areas._effect_words import between, gain, group, unit
from pipelines.site.fragments import Voice

NAMED = 4
"""More programmes than this are counted instead of named."""


def summary(say: Voice) -> str:
    """The page in one sentence."""
    _ = say.words
    return _("Which coaching and which courses changed the work, and which could not have been seen either way.")


def answer(say: Voice, page: EffectsPage) -> list[str]:
    """What the page opens with; for a centre where at least one programme took place."""
    _, comparisons = say.words, page.comparisons
    if not comparisons:
        return [_("Nothing can be said about effects yet: no measure that these programmes aim at was delivered.")]
    said = [_found(say, comparisons), _not_found(say, comparisons), _shares(say, page.shares)]
    return [sentence for sentence in said if sentence]


def _found(say: Voice, comparisons: Sequence[Comparison]) -> str:
    _ = say.words
    measured = [row for row in comparisons if row.effect.is_measurable_gain]
    counted = [row for row in measured if row.effect.is_counted_gain]
    unsure = [row for row in measured if not row.effect.is_counted_gain]
    if counted and unsure:
        return _(
            "A measurable gain: {programmes}; measured too, but not certain enough to be counted: {unsure}.",
            programmes=_names(say, counted),
            unsure=_names(say, unsure),
        )
    if counted:
        return _("A measurable gain: {programmes}.", programmes=_names(say, counted))
    if unsure:
        return _(
            "No gain is certain enough to be counted; measured, but less certain: {unsure}.",
            unsure=_names(say, unsure),
        )
    return _("No programme shows a measurable gain.")


def _names(say: Voice, rows: Sequence[Comparison]) -> str:
    _ = say.words
    if len(rows) > NAMED:
        return _("{count} comparisons of a programme with a measure", count=say.figures.count(len(rows)))
    return say.listing(
        [_("{programme} in {kpi}", programme=say.name(row.name), kpi=say.kpi(row.effect.kpi_id)) for row in rows]
    )


def _not_found(say: Voice, comparisons: Sequence[Comparison]) -> str:
    _, count = say.words, say.figures.count
    none = sum(row.effect.verdict == "no_measurable_gain" for row in comparisons)
    unknown = sum(row.effect.verdict == "cannot_tell" for row in comparisons)
    every = count(len(comparisons))
    if none and unknown:
        return _(
            "In {none} of {all} comparisons there was no measurable gain, although one worth having would have been "
            "seen; in {unknown} nobody can tell.",
            none=count(none),
            all=every,
            unknown=count(unknown),
        )
    if none:
        return _(
            "In {none} of {all} comparisons there was no measurable gain, although one worth having would have been "
            "seen.",
            none=count(none),
            all=every,
        )
    if unknown:
        return _(
            "In {unknown} of {all} comparisons nobody can tell yet: too few people or too early, which is not the same "
            "as no effect.",
            unknown=count(unknown),
            all=every,
        )
    return ""


def _shares(say: Voice, shares: Iterable[EffectShare]) -> str:
    _ = say.words
    parts = [_share(say, share) for share in shares if share.gain_share is not None]
    if not parts:
        return ""
    joined = reduce(lambda first, second: _("{first}; {second}", first=first, second=second), parts)
    return _("Counted gains among those large enough to be assessed: {parts}.", parts=joined)


def _share(say: Voice, share: EffectShare) -> str:
    _ = say.words
    return _(
        "{what} {gains} of {assessable} ({share}, likely {low} to {high}, by chance alone about {chance})",
        what=group(say, share.programme_kind, share.outcome_level),
        **counted(say, share),
    )


def example(say: Voice, page: EffectsPage) -> list[str]:
    """Why before and after misleads, with a comparison of this centre."""
    _, said = say.words, []
    if page.example:
        effect, write = page.example.effect, say.figures
        kpi = say.kpis[effect.kpi_id]
        said.append(
            _(
                "For example {programme}: those who started were {gap} {unit} behind everybody when they were chosen, "
                "and about {lasting} of such differences last. So {expected} of what followed would have come with "
                "nothing done at all. Before and after says {before_after}; compared with colleagues the gain lies "
                "between {range}.",
                programme=say.name(page.example.name),
                gap=size(write, kpi, effect.selection_gap),
                unit=unit(say, effect.kpi_id),
                lasting=write.share(effect.baseline_correlation, 0),
                expected=size(write, kpi, effect.expected_regression_gain),
                before_after=gain(say, page.example, effect.before_after_gain),
                range=between(say, page.example),
            )
        )
    claims = [row.effect for row in page.comparisons if row.effect.before_after_claims]
    if claims:
        said.append(
            _(
                "Before and after alone would have called {claims} of {all} comparisons a gain; {kept} of these are "
                "measurable.",
                claims=say.figures.count(len(claims)),
                all=say.figures.count(len(page.comparisons)),
                kept=say.figures.count(sum(effect.is_measurable_gain for effect in claims)),
            )
        )
    return said
