"""An invented centre with indices, workload and days on record, and its pages as text. Nothing a test asserts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from pipelines.marts import CallVolume, Conduct, IndexPart, Kpi, KpiValue, Team, Workload
from pipelines.site import model, pages
from tests.unit import fake_marts

MARCH, QUARTER = ("month", date(2024, 3, 1)), ("quarter", date(2024, 1, 1))
UNITS = {"call_volume_index": "ratio", "service_quality_index": "points", "training_index": "points"}


def kpi(number: int, kpi_id: str, unit: str) -> Kpi:
    return replace(
        fake_marts.KPIS[0],
        kpi_id=kpi_id,
        position=20 + number,
        label_en=f"The {kpi_id}",
        label_zh=f"指标{number}",
        unit=unit,
        family="index",
        decimals=2,
        grains="centre, team, agent",
        source_table="index",
    )


def part(kpi_id: str, whose: tuple[str, str], period: tuple[str, date], basis: str, *row: Any) -> IndexPart:
    position, code, amount, n, unit = row
    return IndexPart(kpi_id, *whose, *period, basis, position, code, amount, n, unit)


CALLS = (
    (1, "contacts_handled", 812.0, None, "contacts"),
    (4, "repeats_caused", 9.0, None, "contacts"),
    (5, "monthly_quota", 1100.0, None, "contacts"),
    (6, "scheduled_days", 18.0, None, "days"),
    (7, "full_days", 22.0, None, "days"),
    (8, "prorated_quota", 900.0, None, "contacts"),
    (9, "raw_value", 0.892222222, 812, "ratio"),
)
SUMMED = tuple(row for row in CALLS if row[1] not in ("monthly_quota", "full_days"))
QUALITY = (
    (1, "monitor_points", 40.0, 8, "points"),
    (2, "test_call_points", 30.0, 1, "points"),
    (3, "upheld_complaints", 20.0, None, "complaints"),
    (4, "complaints", 20.0, 20, "complaints_per_agent_month"),
    (5, "coefficient", 2.0, None, "points_per_complaint"),
    (6, "raw_value", -5.0, 9, "points"),
)
TRAINING = (
    (1, "score_points", 85.0, 3, "points"),
    (2, "unexcused_absences", 1.0, None, "absences"),
    (3, "absences", 1.0, 4, "absences_per_agent_month"),
    (4, "coefficient", 5.0, None, "points_per_absence"),
    (5, "raw_value", 80.0, 3, "points"),
)


def value(kpi_id: str, whose: tuple[str, str], period: tuple[str, date], x: float, *bounds: float) -> KpiValue:
    low, high = bounds or (None, None)
    return KpiValue(
        kpi_id, *whose, *period, 9, 9.0, x, x, x, low, high, None, None, False, "no_target", None, None
    )  # fmt: skip


def workload(whose: tuple[str, str], period: tuple[str, date], occupancy: float | None, *days: int) -> Workload:
    late, absent = days or (0, 0)
    is_warning = occupancy is not None and occupancy > 0.9
    return Workload(
        *whose, *period, 21, 168.0, 160.0, 0.952380952, 90.0, 10.0, occupancy, 0.9, is_warning, late, absent
    )  # fmt: skip


def rows() -> fake_marts.Rows:
    """The invented centre with all three indices, one team under heavy load, and days on record of one person."""
    found = fake_marts.centre()
    found[Team] = [replace(team, agents=5 if team.team_id == "T1" else 4) for team in found[Team]]
    found[Kpi] = [*found[Kpi], *(kpi(n, kpi_id, unit) for n, (kpi_id, unit) in enumerate(UNITS.items()))]
    centre, teams, person = ("centre", "centre"), (("team", "T1"), ("team", "T2")), ("agent", "A0")
    for whose in (centre, *teams, person):
        for period in (MARCH, QUARTER):
            alone = whose == person and period == MARCH
            found[IndexPart] += [
                *(part("call_volume_index", whose, period, "caused", *row) for row in (CALLS if alone else SUMMED)),
                *(part("service_quality_index", whose, period, "monitor_and_test", *row) for row in QUALITY),
                *(part("training_index", whose, QUARTER, "sessions", *row) for row in TRAINING if period == QUARTER),
            ]
            found[KpiValue] += [
                value("call_volume_index", whose, period, 0.892222222),
                value("service_quality_index", whose, period, 0.0, 0.0, 3.5),
                *([value("training_index", whose, period, 80.0, 70.0, 90.0)] if period == QUARTER else []),
            ]
    found[CallVolume] = [
        CallVolume(*centre, *MARCH, name, name == "caused", name != "literal", 812, less, 18.0, 900.0, 6, x)
        for name, less, x in (("caused", 9, 0.892222222), ("example", 30, 0.868888889), ("literal", 0, None))
    ]
    found[Workload] = [
        workload(("team", "T1"), MARCH, 0.93, 4, 1),
        workload(("team", "T2"), MARCH, None),
        workload(("agent", "A0"), QUARTER, 0.95, 2, 1),
        workload(("agent", "A0"), MARCH, 0.95, 2, 1),
        workload(("agent", "A1"), QUARTER, 0.80),
        workload(("agent", "A1"), MARCH, 0.80),
    ]
    found[Conduct] = [
        Conduct("A0", date(2024, 3, 5), "late", 26.0),
        Conduct("A0", date(2024, 3, 9), "absent", 480.0),
        Conduct("A0", date(2024, 3, 10), "late", None),
    ]
    return found


def texts(site: model.Site, language: str, only: str = "") -> dict[str, str]:
    """The visible text of pages by path; of those whose path begins with `only`."""
    found = {}
    for page in pages.pages(site, language):
        if not page.path.startswith(only):
            continue
        html = str(page.content({chart.digest: "<svg></svg>" for chart in page.charts}))
        found[page.path] = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    return found
