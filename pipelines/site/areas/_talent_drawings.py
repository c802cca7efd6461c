"""Pictures of ability against engagement: the people of a team, or counts for pages that many read.

Belongs here: the data of the chart and the rows behind it. Does not belong here: words around it (`_talent_captions`),
how it is drawn (`pipelines/charts/quadrant`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.charts import ChartRequest, quadrant
from pipelines.figures import figures
from pipelines.marts import Quadrant, QuadrantCount
from pipelines.site.areas._talent_book import Cuts
from pipelines.site.drawings import Drawing, in_picture
from pipelines.site.parts import Link

PLACES = ("lead", "unblock", "develop", "restart")
"""Quadrants in the order of the source, I to IV."""
NO_PLACES = ("between", "not_rated", "not_enough_evidence", "new_starter")
"""What stands in place of one."""
CORNERS: quadrant.Corners = {
    "high_high": "able + engaged 双高",
    "low_high": "engaged 投入高",
    "low_low": "to build up 待培养",
    "high_low": "able 能力强",
}
"""What is there already, as it stands in a picture that every language shares."""
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
        shown = {"target", "baseline", "cell"} | ({"cell_hidden"} if any(count.is_hidden for count in drawn) else set())
        return tuple(name for name in quadrant.KEY if name in shown)


@dataclass(frozen=True)
class People(Drawing):
    """The people of a team who have a place, in order of name."""

    people: tuple[tuple[Link, Quadrant], ...]
    before: tuple[Quadrant | None, ...]
    """For each of them the place of the quarter before; None without one."""

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {"unknown" if place.quadrant == "between" else "common" for _, place in self.people}
        shown |= {"trail"} if any(self.before) else set()
        return tuple(name for name in quadrant.KEY if name in shown | {"target", "baseline", "cross"})


def counted(counts: Sequence[QuadrantCount], cuts: Cuts) -> Counts | None:
    """Counts in the four corners; a hidden one is a dash. None where all four are hidden."""
    drawn = [_bin(count, cuts) for count in counts if count.quadrant in PLACES]
    if all(each["count"] is None for each in drawn):
        return None
    return Counts("", _request([], drawn, cuts), tuple(counts))


def placed(people: Sequence[tuple[Link, Quadrant]], earlier: Mapping[str, Quadrant], cuts: Cuts) -> People | None:
    """People with both scores, and where they stood a quarter earlier; None without any."""
    found = [
        (link, place, point, before)
        for link, place in people
        if (point := _point(link, place, before := _known(earlier.get(place.agent_id))))
    ]
    if not found:
        return None
    points = [point for _, _, point, _ in found]
    shown = tuple((link, place) for link, place, _, _ in found)
    return People("", _request(points, [], cuts), shown, tuple(before for *_, before in found))


def _known(before: Quadrant | None) -> Quadrant | None:
    return before if before and before.ability_score is not None and before.engagement_score is not None else None


def _bin(found: QuadrantCount, cuts: Cuts) -> quadrant.Bin:
    low, high = SCALE
    (less_able, able), (less_keen, keen) = cuts.ability_band, cuts.engagement_band
    left, right, bottom, top = {
        "lead": (able, high, keen, high),
        "unblock": (able, high, low, less_keen),
        "develop": (low, less_able, keen, high),
        "restart": (low, less_able, low, less_keen),
    }[found.quadrant]
    text = figures("en").count(found.people)
    return {"x_low": left, "x_high": right, "y_low": bottom, "y_high": top, "count": found.people, "text": text}


def _point(link: Link, place: Quadrant, before: Quadrant | None) -> quadrant.Point | None:
    scores = (place.ability_score, place.ability_low, place.ability_high, place.engagement_score, place.engagement_low,
              place.engagement_high)  # fmt: skip
    known = [score for score in scores if score is not None]
    if len(known) < len(scores):
        return None
    x, x_low, x_high, y, y_low, y_high = known
    return {
        "label": in_picture(link),
        "x": x,
        "x_low": x_low,
        "x_high": x_high,
        "y": y,
        "y_low": y_low,
        "y_high": y_high,
        "x_before": before.ability_score if before else None,
        "y_before": before.engagement_score if before else None,
        "is_between": place.quadrant == "between",
        "is_highlighted": False,
    }


def _request(points: list[quadrant.Point], bins: list[quadrant.Bin], cuts: Cuts) -> ChartRequest:
    data: quadrant.Data = {
        "points": points,
        "bins": bins,
        "x_cut": cuts.ability,
        "y_cut": cuts.engagement,
        "x_band": list(cuts.ability_band),
        "y_band": list(cuts.engagement_band),
        "corners": CORNERS,
        "x_text": AXES["x_text"],
        "y_text": AXES["y_text"],
    }
    return ChartRequest("quadrant", data)
