"""What a person's page says about the time after coaching. About the figures, never a verdict on the person."""

from __future__ import annotations

from pipelines.marts import AgentChange
from pipelines.site.areas._effect_figures import size
from pipelines.site.fragments import Voice


def sentence(say: Voice, change: AgentChange) -> str:
    """What was measured beside what was to be expected, for one KPI."""
    _ = say.words
    values = {
        "kpi": say.kpi(change.kpi_id),
        "month": say.figures.period("month", change.coaching_month),
        "after": say.plain(change.kpi_id, change.value_after),
        "expected": say.plain(change.kpi_id, change.expected_value),
    }
    if change.finding == "above_expectation":
        return _(
            "{kpi}, coached in {month}: {after} afterwards, where {expected} was to be expected without coaching. That "
            "is better than chance explains: worth a thank-you, and worth asking what helped.",
            **values,
        )
    if change.finding == "below_expectation":
        return _(
            "{kpi}, coached in {month}: {after} afterwards, where {expected} was to be expected without coaching. Ask "
            "what has made the work harder since then; it may also be chance, and nobody's effort can be read from it.",
            **values,
        )
    return _(
        "{kpi}, coached in {month}: {after} afterwards, about what was to be expected without coaching ({expected}). "
        "One person's figures seldom show more than this, so it is nothing against the talk.",
        **values,
    )


def finding(say: Voice, code: str) -> str:
    """A change against what was to be expected."""
    _ = say.words
    return {
        "above_expectation": _("better than expected"),
        "as_expected": _("about as expected"),
        "below_expectation": _("less than expected"),
    }[code]


def beyond(say: Voice, change: AgentChange) -> str:
    """The part that was not to be expected, with its standard error."""
    _, kpi = say.words, say.kpis[change.kpi_id]
    return _(
        "{gain} (standard error {error})",
        gain=say.figures.change(kpi, change.gain_beyond_expected),
        error=size(say.figures, kpi, change.gain_error),
    )
