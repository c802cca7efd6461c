"""What stands around the pictures of movement between tiers and of new starters."""

from __future__ import annotations

from pipelines.charts import small
from pipelines.site.areas import _tier_captions, _tier_words
from pipelines.site.areas._executive_drawings import TIERS, Curve, Flows
from pipelines.site.caption import Caption
from pipelines.site.fragments import Voice


def flows_caption(say: Voice, drawing: Flows, whose: str) -> Caption:
    """Which way people went between tiers."""
    _ = say.words
    told = {(row.previous_start, row.previous_tier, row.tier): row for row in drawing.transitions}
    steps = list(zip(drawing.quarters, drawing.quarters[1:], strict=False))
    cells = [(before, now, old, new) for before, now in steps for old in TIERS for new in TIERS]
    return Caption(
        headline=_("Which way people went between tiers"),
        subtitle=_(
            "People by tier, {first} to {last}, {whose}",
            first=say.figures.period("quarter", drawing.quarters[0]),
            last=say.figures.period("quarter", drawing.quarters[-1]),
            whose=whose,
        ),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=say.sentences(
            [
                _("A band is as thick as the number of people who went that way."),
                _("Where a column has no band, people had no tier in the other quarter, or few went that way."),
                _tier_captions.rounding(say, drawing.transitions[0]),
            ]
        ),
        key=tuple((small.key_mark(name), text) for name, text in marks(say).items() if name in drawing.key),
        headers=(_("Quarter"), _("Tier before"), _("Tier"), _("People")),
        rows=tuple(
            (
                say.figures.period("quarter", now),
                _tier_words.tier(say, old),
                _tier_words.tier(say, new),
                _tier_captions.people_of_way(say, told[before, old, new]),
            )
            for before, now, old, new in cells
        ),
        about=tuple(() for _cell in cells),
    )


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks, in the order of the key."""
    _ = say.words
    return {
        "flow": _("people who went that way"),
        "tier_high": _tier_words.tier(say, "high"),
        "tier_mid": _tier_words.tier(say, "mid"),
        "tier_low": _tier_words.tier(say, "low"),
        "tier_hidden": _("without a tier, or too few to show apart"),
    }


# ---------- new starters
def curve_caption(say: Voice, drawing: Curve, whose: str) -> Caption:
    """How new starters come up to the level of experienced colleagues."""
    _, write = say.words, say.figures
    meanings = {
        "value": _("new starters"),
        "interval": _("likely range (90%)"),
        "centre": _("experienced colleagues"),
    }
    return Caption(
        headline=_("How new starters come up to the usual level"),
        subtitle=_("Share at the usual level, by weeks since the first day, {whose}", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_(
            "Below each point: weeks since the first day, and people still followed. A long bar means that little is "
            "known yet."
        ),
        key=tuple((small.key_mark(name), meanings[name]) for name in drawing.key),
        headers=(
            _("Weeks since the first day"),
            _("At the usual level"),
            _("Likely range (90%)"),
            _("People still followed"),
        ),
        rows=tuple(
            (
                write.count(step.weeks),
                write.share(step.share, 0),
                write.share_range(step.share_low, step.share_high, 0),
                write.count(step.at_risk),
            )
            for step in drawing.steps
        ),
        notes=(_("The line across is how many experienced colleagues are at that level in any month."),),
        about=tuple((number,) for number, _step in enumerate(drawing.steps, start=1)),
    )
