"""The marts of indices, workload and conduct, indexed for pages.

Belongs here: reading them, an index as the parts of its formula. Does not belong here: what a page shows (`people`),
words (`_people_words`), how an index is computed (dbt_project, macros/source_indices.sql).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.marts import Anchor, CallVolume, Conduct, IndexPart, KpiValue, Period, Rule, Workload, rows

PeriodKey = tuple[str, date]
EntityKey = tuple[str, str]


@dataclass(frozen=True)
class Formula:
    """An index of one entity and period: what its formula is filled in with, and the value that is published."""

    kpi_id: str
    period: Period
    parts: tuple[IndexPart, ...]
    value: KpiValue | None
    """None where the page's site holds no value of this period, as for a person's earlier months."""

    @property
    def basis(self) -> str:
        """Which reading of the formula ran."""
        return self.parts[0].basis

    def part(self, code: str) -> IndexPart | None:
        """A part by its code; None when it is not part of this reading or not known."""
        return next((part for part in self.parts if part.part == code), None)

    def amount(self, code: str) -> float | None:
        """The number of a part."""
        part = self.part(code)
        return part.amount if part else None

    @property
    def result(self) -> float:
        """What the formula gives, before it is brought within bounds."""
        return self.parts[-1].amount


@dataclass(frozen=True)
class Book:
    """The marts of this area. People's rows are those of the latest complete periods only."""

    parts: Mapping[EntityKey, Mapping[str, Mapping[PeriodKey, tuple[IndexPart, ...]]]]
    volumes: Mapping[PeriodKey, tuple[CallVolume, ...]]
    """The readings of the call-volume index, of the whole centre."""
    workloads: Mapping[EntityKey, Mapping[PeriodKey, Workload]]
    """For the centre and teams all months, oldest first."""
    conduct: Mapping[str, tuple[Conduct, ...]]
    rules: Mapping[str, Rule]
    anchors: tuple[Anchor, ...]

    def workload(self, grain: str, entity_id: str, period: Period | None) -> Workload | None:
        """How heavy the work of an entity was in a period."""
        if period is None:
            return None
        return self.workloads.get((grain, entity_id), {}).get((period.period_kind, period.period_start))

    def months(self, grain: str, entity_id: str) -> list[Workload]:
        """The months of an entity's work, oldest first."""
        found = self.workloads.get((grain, entity_id), {})
        return [workload for (kind, _), workload in sorted(found.items()) if kind == "month"]


def load(folder: Path) -> Book:
    """The marts of one build."""
    wanted = spoken(rows(folder, Period))
    where = " or ".join("(period_kind = ? and period_start = ?)" for _ in wanted) or "false"
    parameters = [item for key in wanted for item in key]
    conduct: dict[str, list[Conduct]] = defaultdict(list)
    for fact in rows(folder, Conduct):
        conduct[fact.agent_id].append(fact)
    workloads: dict[EntityKey, dict[PeriodKey, Workload]] = defaultdict(dict)
    for workload in rows(folder, Workload, f"(grain <> 'agent' and period_kind = 'month') or {where}", parameters):
        workloads[workload.grain, workload.entity_id][workload.period_kind, workload.period_start] = workload
    volumes: dict[PeriodKey, list[CallVolume]] = defaultdict(list)
    for volume in rows(folder, CallVolume, f"grain = 'centre' and ({where})", parameters):
        volumes[volume.period_kind, volume.period_start].append(volume)
    return Book(
        parts=_parts(rows(folder, IndexPart, where, parameters)),
        volumes={key: tuple(sorted(found, key=_as_printed)) for key, found in volumes.items()},
        workloads=dict(workloads),
        conduct={agent: tuple(found) for agent, found in conduct.items()},
        rules={rule.rule_id: rule for rule in rows(folder, Rule)},
        anchors=tuple(rows(folder, Anchor)),
    )


def spoken(periods: Sequence[Period]) -> list[PeriodKey]:
    """The periods pages speak of: the whole, the latest complete quarter with its months, the latest complete month."""
    latest = {p.period_kind: p for p in periods if p.is_latest_complete and p.period_kind in ("month", "quarter")}
    quarter = latest.get("quarter")
    return [
        (p.period_kind, p.period_start)
        for p in periods
        if p.period_kind == "all"
        or p == latest.get(p.period_kind)
        or (p.period_kind == "month" and quarter and quarter.period_start <= p.period_start <= quarter.period_end)
    ]


def _parts(found: Sequence[IndexPart]) -> Mapping[EntityKey, Mapping[str, Mapping[PeriodKey, tuple[IndexPart, ...]]]]:
    """Complete formulas only: without a result there is no index. The mart's order is that of the formula."""
    index: dict[EntityKey, dict[str, dict[PeriodKey, list[IndexPart]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for part in found:
        index[part.grain, part.entity_id][part.kpi_id][part.period_kind, part.period_start].append(part)
    return {
        entity: {
            kpi_id: {period: tuple(parts) for period, parts in of_kpi.items() if parts[-1].part == "raw_value"}
            for kpi_id, of_kpi in of_entity.items()
        }
        for entity, of_entity in index.items()
    }


def _as_printed(volume: CallVolume) -> int:
    """As the source prints the formula, as its example computes it, then the fair one."""
    return ("literal", "example", "caused").index(volume.variant)
