"""The pictures of movement between tiers and of new starters, with the rows they are made of.

Belongs here: turning mart rows into the charts' data. Does not belong here: how the pictures look
(`pipelines/charts/alluvial`, `ramp`), words. Only counts that fct_tier_count and fct_tier_transition tell are drawn;
whoever is hidden there stands in the last node, and no band leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.charts import ChartRequest, alluvial, ramp
from pipelines.figures import figures
from pipelines.marts import Ramp, Rule, TierCount, TierTransition
from pipelines.site.areas._tier_drawings import LABELS, window_label
from pipelines.site.drawings import Drawing

TIERS = ("high", "mid", "low")
MOST_STAGES = 3
FEWEST_STEPS = 2
Counts = Mapping[str, TierCount]


@dataclass(frozen=True)
class Flows(Drawing):
    """Tiers of two or three quarters and the ways between them."""

    quarters: tuple[date, ...]
    transitions: tuple[TierTransition, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return tuple(name for name in alluvial.KEY if name in self._shown)

    @property
    def _shown(self) -> set[str]:
        stages: list[alluvial.Stage] = self.request.data["stages"]  # type: ignore[assignment]
        tiers = {node["tier"] for stage in stages for node in stage["nodes"] if node["count"]}
        bands = {"flow"} if self.request.data["flows"] else set()
        return bands | {"tier_hidden" if tier == "other" else f"tier_{tier}" for tier in tiers}


def request_flows(counts: Iterable[TierCount], transitions: Iterable[TierTransition]) -> Flows | None:
    """The last quarters that follow each other; None with fewer than two."""
    steps = {row.window_start: row.previous_start for row in transitions}
    if not steps:
        return None
    quarters = [max(steps)]
    while quarters[0] in steps and len(quarters) < MOST_STAGES:
        quarters.insert(0, steps[quarters[0]])
    of_quarter: dict[date, dict[str, TierCount]] = {start: {} for start in quarters}
    for count in counts:
        if count.window_kind == "quarter" and count.window_start in of_quarter:
            of_quarter[count.window_start][count.tier] = count
    shown = tuple(row for row in transitions if row.window_start in quarters[1:])
    data: alluvial.Data = {
        "stages": [
            {"label": window_label("quarter", start), "nodes": _nodes(of_quarter[start]) if of_quarter[start] else []}
            for start in quarters
        ],
        "flows": [flow for row in shown if (flow := _flow(row, quarters, of_quarter))],
    }
    return Flows("", ChartRequest("alluvial", data), tuple(quarters), shown)


def _nodes(counts: Counts) -> list[alluvial.Node]:
    everybody = next(iter(counts.values())).people_in_all
    told = {tier: counts[tier].people or 0 for tier in TIERS if tier in counts}
    others = everybody - sum(told.values())
    return [
        *(_node(tier, people, LABELS[tier].replace(" ", "")) for tier, people in told.items()),
        _node("other", others, "…"),
    ]


def _node(tier: str, people: int, sign: str) -> alluvial.Node:
    return {"tier": tier, "count": people, "text": f"{sign} {people}"}


def _flow(row: TierTransition, quarters: Sequence[date], counts: Mapping[date, Counts]) -> alluvial.Flow | None:
    """A band where the number of people is told, and those of the two nodes as well."""
    ends = ((row.previous_start, row.previous_tier), (row.window_start, row.tier))
    if not row.people_rounded or not all(tier in counts[start] and counts[start][tier].people for start, tier in ends):
        return None
    return {
        "stage": quarters.index(row.previous_start),
        "source": row.previous_tier,
        "target": row.tier,
        "count": row.people_rounded,
        "text": str(row.people_rounded),
    }


# ---------- new starters
@dataclass(frozen=True)
class Curve(Drawing):
    """Which share of new starters works at the usual level, by weeks since the first day."""

    steps: tuple[Ramp, ...]
    usual: Rule | None

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        shown = {"value"}
        shown |= {"interval"} if any(step.share_low is not None for step in self.steps) else set()
        shown |= {"centre"} if self.usual else set()
        return tuple(name for name in ramp.KEY if name in shown)


def request_curve(steps: Sequence[Ramp], usual: Rule | None) -> Curve | None:
    """The steps that are told; None before anybody was followed."""
    if len(steps) < FEWEST_STEPS:
        return None
    data: ramp.Data = {
        "points": [
            {
                "weeks": step.weeks,
                "share": step.share,
                "low": step.share_low,
                "high": step.share_high,
                "people": step.at_risk,
            }
            for step in steps
        ],
        "usual": usual.value if usual else None,
        "usual_text": figures("en").decided_share(usual.value) if usual else "",
    }
    return Curve("", ChartRequest("ramp", data), tuple(steps), usual)
