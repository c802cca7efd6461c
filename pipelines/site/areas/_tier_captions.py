"""What stands around the pictures about tiers, and the meanings of their marks."""

from __future__ import annotations

from pipelines.marts import TierCount, TierTransition
from pipelines.site.areas import _tier_words
from pipelines.site.areas._tier_drawings import Contributions, Mix, Transitions
from pipelines.site.captions import Caption
from pipelines.site.fragments import Voice
from pipelines.site.keys import key


def mix_caption(say: Voice, drawing: Mix, whose: str) -> Caption:
    """The centre by tier, quarter by quarter."""
    _ = say.words

    def shown(count: TierCount) -> str:
        return _("not shown") if count.people is None else say.figures.count(count.people)

    return Caption(
        headline=_("How the tiers are spread"),
        subtitle=_("People per tier and quarter, {whose}", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_("Tiers are set by standards, not by shares: everybody can be high, and nobody has to be low."),
        key=key(say, drawing),
        headers=(_("From"), *(_tier_words.tier(say, count.tier) for count in drawing.quarters[-1][1])),
        rows=tuple((say.day(start), *(shown(count) for count in counts)) for start, counts in drawing.quarters),
    )


def transition_caption(say: Voice, drawing: Transitions, whose: str) -> Caption:
    """Tier before against tier now."""
    _ = say.words
    first = drawing.cells[0]
    ways = {(way.previous_tier, way.tier): way for way in drawing.cells}
    return Caption(
        headline=_("Who moved between tiers, and who stayed"),
        subtitle=_(
            "People by tier in {before} (rows) and in {now} (columns), {whose}",
            before=say.figures.period("quarter", first.previous_start),
            now=say.figures.period("quarter", first.window_start),
            whose=whose,
        ),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=say.sentences([rounding(say, first), _("A move is news only beyond those that chance alone brings.")]),
        key=key(say, drawing),
        headers=(_("Tier before"), *(_tier_words.tier(say, code) for code in drawing.lines)),
        rows=tuple(
            (_tier_words.tier(say, row), *(people_of_way(say, ways[row, column]) for column in drawing.lines))
            for row in drawing.lines
        ),
    )


def rounding(say: Voice, way: TierTransition) -> str:
    """Why numbers of people who went some way are not exact."""
    _ = say.words
    return _(
        "Numbers are rounded to the nearest {step}, and fewer than {fewest} are not counted, so that nobody can be "
        "picked out.",
        step=say.figures.count(way.rounded_to),
        fewest=say.figures.count(way.least_people),
    )


def people_of_way(say: Voice, way: TierTransition) -> str:
    """How many people went from one tier to another, as far as it may be told."""
    _ = say.words
    if way.people_rounded is None:
        return _("fewer than {fewest}", fewest=say.figures.count(way.least_people))
    return say.figures.count(way.people_rounded)


def contributions_caption(say: Voice, drawing: Contributions, whose: str) -> Caption:
    """What each KPI puts into a score."""
    _, number = say.words, say.figures.number
    return Caption(
        headline=_("What the score is made of"),
        subtitle=_("Points that each measure brings to the score of {whose}, of the most it can bring", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_(
            "A measure at its target brings 80 of 100 of its points. Where data are few, points lie near the peers'."
        ),
        key=key(say, drawing),
        headers=(_("Measure"), _("Points"), _("At target"), _("At most")),
        rows=tuple(
            (
                say.kpi(part.kpi_id),
                number(part.contribution, 1),
                number(part.contribution_at_target, 1),
                number(part.contribution_at_most, 1),
            )
            for part in drawing.parts
        ),
    )


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks in these pictures."""
    _ = say.words
    return {
        **{
            f"tier_{code}": _tier_words.tier(say, code)
            for code in ("high", "mid", "low", "not_enough_evidence", "new_starter")
        },
        "tier_hidden": _("shown together, because one of them is too small"),
        "cell": _("number of people; darker is more"),
        "cell_stayed": _("same tier as before"),
        "cell_hidden": _("too few to show"),
        "bar": _("points"),
        "weight_box": _("most points possible"),
        "missing": _("missing to the target"),
        "target_tick": _("points at target"),
    }
