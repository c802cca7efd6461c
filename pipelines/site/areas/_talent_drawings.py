"""Pictures of ability against engagement: the people of a team, or counts for pages that many read.

Belongs here: the data of the chart and the rows behind it. Does not belong here: words around it (`_talent_captions`), how
it is drawn (`pipelines/charts/quadrant`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.charts import ChartRequest, quadrant
from pipelines.figures import NOTHING, figures
from pipelines.marts import Quadrant, QuadrantCount
from pipelines.site.areas._talent_book import Cuts
from pipelines.site.contexts import Link
from pipelines.site.drawings import Drawing, in_picture

PLACES = ("lead", "unblock", "develop", "restart")
"""Quadrants in the order of the source, I to IV."""
NO_PLACES = ("between", "not_rated", "not_enough_evidence", "new_starter")
"""What stands in place of one."""
CORNERS: quadrant.Corners = {
    "high_high": "Able and engaged 能力强、投入高",
    "low_high": "Engaged, ability to build 投入高、能力待培养",
    "low_low": "Both to build 能力与投入都待培养",
    "high_low": "Able, less engaged 能力强、投入待激发",
}
AXES = {"x_text": "Ability 能力", "y_text": "Engagement 投入"}
SCALE = (0.0, 100.0)


@dataclass(frozen=True)
class Counts(Drawing):
    """How many people of the centre stand where."""

    counts: tuple[QuadrantCount, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        drawn = [count for count in self.counts if count.quadrant in PLACES]
        shown = {"target", "cell"} | ({"cell_hidden"} if any(count.is_hidden for count in drawn) else set())
        return tuple(name for name in quadrant.KEY if name in shown)


@dataclass(frozen=True)
class People(Drawing):
    """The people of a team who have a place, in order of name."""

    people: tuple[tuple[Link, Quadrant], ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {"unknown" if place.quadrant == "between" else "common" for _, place in self.people}
        return tuple(name for name in quadrant.KEY if name in shown | {"target", "cross"})


def counted(counts: Sequence[QuadrantCount], cuts: Cuts) -> Counts:
    """Counts in the four corners; a hidden one is a dash."""
    write, low, high = figures("en"), SCALE[0], SCALE[1]
    ends = {
        "lead": (cuts.ability, high, cuts.engagement, high),
        "unblock": (cuts.ability, high, low, cuts.engagement),
        "develop": (low, cuts.ability, cuts.engagement, high),
        "restart": (low, cuts.ability, low, cuts.engagement),
    }
    bins: list[quadrant.Bin] = []
    for count in counts:
        if count.quadrant in ends:
            left, right, bottom, top = ends[count.quadrant]
            text = NOTHING if count.people is None else write.count(count.people)
            bins.append(
                {"x_low": left, "x_high": right, "y_low": bottom, "y_high": top, "count": count.people, "text": text}
            )
    return Counts("", _request([], bins, cuts), tuple(counts))


def placed(people: Sequence[tuple[Link, Quadrant]], cuts: Cuts) -> People | None:
    """People with both scores; None without any."""
    found: list[tuple[Link, Quadrant]] = []
    points: list[quadrant.Point] = []
    for link, place in people:
        ability = (place.ability_score, place.ability_low, place.ability_high)
        engagement = (place.engagement_score, place.engagement_low, place.engagement_high)
        if None in ability or None in engagement:
            continue
        found.append((link, place))
        points.append(
            {
                "label": in_picture(link),
                "x": ability[0] or 0.0,
                "x_low": ability[1] or 0.0,
                "x_high": ability[2] or 0.0,
                "y": engagement[0] or 0.0,
                "y_low": engagement[1] or 0.0,
                "y_high": engagement[2] or 0.0,
                "is_between": place.quadrant == "between",
                "is_highlighted": False,
            }
        )
    return People("", _request(points, [], cuts), tuple(found)) if found else None


def _request(points: list[quadrant.Point], bins: list[quadrant.Bin], cuts: Cuts) -> ChartRequest:
    data: quadrant.Data = {
        "points": points,
        "bins": bins,
        "x_cut": cuts.ability,
        "y_cut": cuts.engagement,
        "x_band": [cuts.ability, cuts.ability],
        "y_band": [cuts.engagement, cuts.engagement],
        "corners": CORNERS,
        "x_text": AXES["x_text"],
        "y_text": AXES["y_text"],
    }
    return ChartRequest("quadrant", data)
