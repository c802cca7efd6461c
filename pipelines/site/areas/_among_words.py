"""What stands around the picture of one person among peers. Never a rank, never a place in an order.

Belongs here: the drawn rows and their captions. Does not belong here: which measures are shown (`among`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from pipelines.charts import small, strip
from pipelines.marts import PeerRange, Standing
from pipelines.site.areas._tier_words import window
from pipelines.site.caption import Caption
from pipelines.site.fragments import Voice

Place = Literal["inside", "better", "short"]


@dataclass(frozen=True)
class Line:
    """One measure: the own standing, the group's middle half, the others' steadied values without their names."""

    standing: Standing
    range: PeerRange
    peers: tuple[float, ...]


@dataclass(frozen=True)
class Own:
    """The section of a person's page."""

    window: tuple[str, date, date]
    lines: tuple[Line, ...]
    href: str


def picture(say: Voice, part: Own) -> Markup:
    """The strips; the table below says the same to a screen reader, for the person alone."""
    return strip.picture({"rows": [_row(say, line) for line in part.lines]})


def _row(say: Voice, line: Line) -> strip.Row:
    kpi = say.kpis[line.standing.kpi_id]
    return {
        "label": say.kpi(kpi.kpi_id),
        "unit": kpi.unit,  # type: ignore[typeddict-item]
        "better": kpi.better,  # type: ignore[typeddict-item]
        "value": line.standing.steadied_value,
        "text": say.plain(kpi.kpi_id, line.standing.steadied_value),
        "low": line.range.middle_low,
        "high": line.range.middle_high,
        "peers": list(line.peers),
    }


def place(say: Voice, line: Line) -> Place:
    """Where the own value lies beside the middle half."""
    value, found = line.standing.steadied_value, line.range
    if found.middle_low <= value <= found.middle_high:
        return "inside"
    is_above = value > found.middle_high
    return "better" if is_above == (say.kpis[line.standing.kpi_id].better == "higher") else "short"


def caption(say: Voice, part: Own, whose: str) -> Caption:
    """The words for one person among peers."""
    _, write = say.words, say.figures
    return Caption(
        headline=_headline(say, part.lines),
        subtitle=_(
            "Steadied values, {whose}, {period}; further right is better",
            whose=whose,
            period=window(say, *part.window),
        ),
        source=_("Source: {tables}", tables=_("several tables")),
        reading=say.sentences(
            [sentence(say, line) for line in sorted(part.lines, key=lambda line: _good_first(say, line))]
        ),
        key=tuple((small.key_mark(name), _meanings(say)[name]) for name in strip.KEY),
        headers=(_("Measure"), _("Steadied"), _("Middle half of these people"), _("People")),
        rows=tuple(
            (
                say.kpi(line.standing.kpi_id),
                say.plain(line.standing.kpi_id, line.standing.steadied_value),
                write.interval(say.kpis[line.standing.kpi_id], line.range.middle_low, line.range.middle_high),
                write.count(line.range.people),
            )
            for line in part.lines
        ),
        notes=(
            _(
                "The others have the same role and have been in it about as long. Nobody is named, and there is no "
                "order."
            ),
            _("Half of any group lies outside its middle half, so lying outside it is no verdict."),
        ),
    )


def _good_first(say: Voice, line: Line) -> int:
    return ("better", "inside", "short").index(place(say, line))


def _headline(say: Voice, lines: Sequence[Line]) -> str:
    _, places = say.words, [place(say, line) for line in lines]
    sure = [line for line, where in zip(lines, places, strict=True) if where == line.standing.comparison == "better"]
    ahead = [say.kpi(line.standing.kpi_id) for line in sure]
    if ahead:
        return _("Ahead of most people with the same work: {kpis}", kpis=say.listing(ahead))
    if set(places) == {"inside"}:
        return _("Much like most people with the same work")
    return _("One among people with the same work")


def sentence(say: Voice, line: Line) -> str:
    """Where the own value lies, and whether that is more than chance."""
    _, where, kpi_id = say.words, place(say, line), line.standing.kpi_id
    values = {"kpi": say.kpi(kpi_id), "people": say.figures.count(line.range.people)}
    if where == "inside":
        return _("{kpi}: inside the middle half of {people} people with the same work.", **values)
    if where == "better" and line.standing.comparison == "better":
        return _(
            "{kpi}: on the better side of the middle half of {people} people with the same work, by more than chance.",
            **values,
        )
    if where == "better":
        return _(
            "{kpi}: on the better side of the middle half of {people} people with the same work; chance may explain "
            "it.",
            **values,
        )
    if line.standing.comparison == "worse":
        return _(
            "{kpi}: short of the middle half of {people} people with the same work, by more than chance: worth a talk "
            "about what would help.",
            **values,
        )
    return _(
        "{kpi}: short of the middle half of {people} people with the same work; chance may explain it.",
        **values,
    )


def _meanings(say: Voice) -> dict[str, str]:
    _ = say.words
    return {
        "own": _("this person"),
        "peers": _("people with the same work"),
        "middle": _("the middle half of them"),
    }
