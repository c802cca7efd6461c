"""The marts of QA fairness, indexed for pages. Graders arrive as numbers, so that no page can name one.

Belongs here: reading them, the window pages speak of. Does not belong here: what a page shows (`quality`), words
(`_quality_words`), how agreement or leniency is computed (dbt_project, models/marts/quality).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Agreement,
    AgreementPoint,
    Calibration,
    CriticalErrorCost,
    Grader,
    QaCoverage,
    QaItem,
    QaSamplingPlan,
    SkillDimension,
    SkillProfile,
    rows,
)
from pipelines.site.escape import visible_text

PeriodKey = tuple[str, date]
EntityKey = tuple[str, str]
KINDS = ("test_call", "third_party")
"""Comparisons of two ways of scoring one person."""
GRADERS = "grader"
OTHER = SkillDimension("other", "Other", "其他", 0, True)
"""Items of which no dimension is known."""

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True)
class Book:
    """The marts of this area; those that speak of a window hold only the rows of `window`."""

    window: PeriodKey | None
    """The newest quarter with scored forms, or the whole span where no quarter is complete; None without a form."""
    dimensions: Mapping[str, SkillDimension]
    calibrations: Mapping[str, tuple[Calibration, ...]]
    """By form."""
    graders: tuple[Grader, ...]
    """In order of name, their names replaced by numbers."""
    agreements: Mapping[EntityKey, Agreement]
    """By comparison and grader's number; "*" where kinds of forms are compared."""
    points: Mapping[str, tuple[AgreementPoint, ...]]
    """By comparison."""
    cost: CriticalErrorCost | None
    coverage: Mapping[str, QaCoverage]
    coverage_of_team: Mapping[str | None, tuple[QaCoverage, ...]]
    items: Mapping[tuple[str, str, str], tuple[QaItem, ...]]
    """By grain, entity and level, most misses first."""
    plan: Mapping[str, QaSamplingPlan]
    plan_of_team: Mapping[str | None, tuple[QaSamplingPlan, ...]]
    skills: Mapping[EntityKey, tuple[SkillProfile, ...]]
    """By grain and entity, in the order of the dimensions."""
    disputed: frozenset[str]
    """Skills on which graders of some form agree too little for anybody to be judged by them."""

    @property
    def has_rows(self) -> bool:
        """Whether any form was scored, be it for calibration only."""
        return self.window is not None or bool(self.calibrations) or bool(self.graders)

    def dimension(self, code: str) -> SkillDimension:
        """A skill dimension by its code."""
        return self.dimensions.get(code, OTHER)


def load(folder: Path) -> Book:
    """The marts of one build."""
    costs = {(cost.window_kind, cost.window_start): cost for cost in rows(folder, CriticalErrorCost, "forms > 0")}
    window = newest(costs)
    where = "window_kind = ? and window_start = ?" if window else "false"
    wanted: list[object] = list(window or ())
    dimensions = {found.dimension: _named(found) for found in rows(folder, SkillDimension)}
    graders, agreements = _numbered(rows(folder, Grader), rows(folder, Agreement))
    coverage, plan = rows(folder, QaCoverage, where, wanted), rows(folder, QaSamplingPlan)
    skills = sorted(
        rows(folder, SkillProfile, where, wanted),
        key=lambda skill: dimensions[skill.dimension].position if skill.dimension in dimensions else len(dimensions),
    )
    calibrations = [_visible(found) for found in rows(folder, Calibration)]
    return Book(
        window=window,
        dimensions=dimensions,
        calibrations=_grouped(calibrations, lambda found: found.form),
        graders=tuple(graders),
        agreements={(found.comparison, found.grader): found for found in agreements},
        points=_grouped(rows(folder, AgreementPoint, "comparison <> ?", [GRADERS]), lambda point: point.comparison),
        cost=costs[window] if window else None,
        coverage={found.agent_id: found for found in coverage},
        coverage_of_team=_grouped(coverage, lambda found: found.team_id),
        items=_grouped(
            (replace(found, item=visible_text(found.item)) for found in rows(folder, QaItem, where, wanted)),
            lambda found: (found.grain, found.entity_id, found.level),
        ),
        plan={found.agent_id: found for found in plan},
        plan_of_team=_grouped(plan, lambda found: found.team_id),
        skills=_grouped(skills, lambda skill: (skill.grain, skill.entity_id)),
        disputed=frozenset(found.measure for found in calibrations if found.verdict == "not_used"),
    )


def newest(windows: Iterable[PeriodKey]) -> PeriodKey | None:
    """The newest quarter; the whole span only where there is none. Previews commit to nothing and are left out."""
    quarters = [window for window in windows if window[0] == "quarter"]
    return (
        max(quarters, key=lambda window: window[1]) if quarters else next((w for w in windows if w[0] == "all"), None)
    )


def _numbered(graders: Sequence[Grader], agreements: Sequence[Agreement]) -> tuple[list[Grader], list[Agreement]]:
    """Graders' names replaced by their place in the order of names."""
    names = {found.grader for found in graders}
    names |= {found.grader for found in agreements if found.comparison == GRADERS}
    number = {name: str(place) for place, name in enumerate(sorted(names), start=1)}
    return (
        [replace(found, grader=number[found.grader]) for found in sorted(graders, key=lambda found: found.grader)],
        [replace(found, grader=number[found.grader]) if found.comparison == GRADERS else found for found in agreements],
    )


def _named(found: SkillDimension) -> SkillDimension:
    english = visible_text(found.label_en) or visible_text(found.dimension)
    return replace(found, label_en=english, label_zh=visible_text(found.label_zh) or english)


def _visible(found: Calibration) -> Calibration:
    return replace(found, form=visible_text(found.form))


def _grouped(found: Iterable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    index: dict[K, list[R]] = defaultdict(list)
    for row in found:
        index[key(row)].append(row)
    return {name: tuple(group) for name, group in index.items()}
