"""What stands around the pictures of ability against engagement, and the meanings of their marks."""

from __future__ import annotations

from pipelines.marts import Quadrant
from pipelines.site.areas import _talent_words
from pipelines.site.areas._talent_drawings import PLACES, Counts, People
from pipelines.site.captions import Caption
from pipelines.site.fragments import Voice
from pipelines.site.keys import key


def counts_caption(say: Voice, drawing: Counts, whose: str) -> Caption:
    """The centre as counts."""
    _ = say.words
    drawn = [count.quadrant for count in drawing.counts if count.quadrant in PLACES]
    return Caption(
        headline=_("How many people stand where"),
        subtitle=_("People by ability (across) and engagement (up), {whose}", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_(
            "Both lines are fixed values, not medians: everybody may stand in the same place. People who are between "
            "places or not rated are counted in the table only. A dash hides a small number, and another one with it."
        ),
        key=key(say, drawing),
        headers=(_("Place"), _("People")),
        rows=tuple(
            (_talent_words.place(say, code), _talent_words.people(say, drawing.counts, code))
            for code in _talent_words.CODES
        ),
        about=tuple((drawn.index(code) + 1,) if code in drawn else () for code in _talent_words.CODES),
    )


def people_caption(say: Voice, drawing: People, whose: str) -> Caption:
    """The people of a team."""
    _, write = say.words, say.figures
    return Caption(
        headline=_("Where the people of this team stand, and for whom it is too close to call"),
        subtitle=_("Ability (across) and engagement (up) in points of 100, {whose}", whose=whose),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=_(
            "The cross through a mark is the likely range in both directions. Where it reaches over a line, another "
            "place is possible; a hollow mark means that no place is likely enough to be named."
        ),
        notes=(_("A trail no longer than an arm of the cross is no news: chance alone moves people as far."),)
        if any(drawing.before)
        else (),
        key=key(say, drawing),
        headers=(
            _("Agent"),
            _("Ability"),
            _("Likely range (90%)"),
            _("Engagement"),
            _("Likely range (90%)"),
            _("A quarter earlier"),
        ),
        rows=tuple(
            (
                say.link(link),
                write.number(place.ability_score, 1),
                write.range(place.ability_low, place.ability_high, 1),
                write.number(place.engagement_score, 1),
                write.range(place.engagement_low, place.engagement_high, 1),
                _before(say, before),
            )
            for (link, place), before in zip(drawing.people, drawing.before, strict=True)
        ),
    )


def _before(say: Voice, before: Quadrant | None) -> str:
    _, write = say.words, say.figures
    if before is None:
        return write.count(None)
    return _(
        "ability {ability}, engagement {engagement}",
        ability=write.number(before.ability_score, 1),
        engagement=write.number(before.engagement_score, 1),
    )


def marks(say: Voice) -> dict[str, str]:
    """Meanings of the marks in these pictures."""
    _ = say.words
    return {
        "target": _("line between two places"),
        "baseline": _("too close to the line to call"),
        "trail": _("from where somebody stood a quarter earlier"),
        "common": _("a place is likely enough to be named"),
        "unknown": _("between places"),
        "cross": _("likely range (90%), both ways"),
        "cell": _("number of people; darker is more"),
        "cell_hidden": _("too few to show"),
    }
