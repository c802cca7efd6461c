"""An invented centre of three teams over seven months, with differences. Not: anything a test asserts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pipelines.marts import Agent, Difference, Entity, KpiValue, Period, Rule, Team
from tests.unit import fake_marts

MONTHS = (date(2023, 9, 1), date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1), *fake_marts.MONTHS)
QUARTERS = (date(2023, 10, 1), date(2024, 1, 1))
TEAMS = {"T1": ("Birch", "桦树组"), "T2": ("Cedar", "雪松组"), "T3": ("Alder", "桤木组"), "T4": ("Small", "小组")}
NOW = date(2024, 1, 1)


def _last(kind: str, start: date) -> date:
    months = 1 if kind == "month" else 3
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def difference(comparison: str, kpi_id: str, entity: str, other: str, verdict: str, **more: Any) -> Difference:
    """Of a team or the centre, in the newest quarter unless said."""
    grain = "centre" if entity == "centre" else "team"
    base = Difference(
        comparison=comparison, kpi_id=kpi_id, grain=grain, entity_id=entity, period_kind="quarter", period_start=NOW,
        other_id=other, other_start=NOW, n=900, other_n=800, value=0.85, other_value=0.8, is_adjusted=False,
        difference=0.05, difference_low=0.02, difference_high=0.08, q=0.01, verdict=verdict,
    )  # fmt: skip
    return replace(base, **more)


def rows() -> fake_marts.Rows:
    """Three teams of six people and one of two, values in every month and quarter, differences of the newest."""
    made = fake_marts.centre()
    for mart in (Period, KpiValue, Difference):
        made[mart] = [row for row in made[mart] if getattr(row, "period_kind", "") == "week"]
    made[Entity] = [row for row in made[Entity] if row.grain != "team"]
    made[Entity] += [Entity("team", key, *names) for key, names in TEAMS.items()]
    made[Team] = [Team(key, None, None, 2 if key == "T4" else 6, MONTHS[0], fake_marts.LAST) for key in sorted(TEAMS)]
    made[Agent] = [replace(agent, team_id="T1") for agent in made[Agent]]
    spans = [("month", start) for start in MONTHS] + [("quarter", start) for start in QUARTERS]
    made[Period] += [
        Period(kind, start, _last(kind, start), place, True, start == (MONTHS if kind == "month" else QUARTERS)[-1],
               kind == "quarter" and start == NOW)
        for place, (kind, start) in enumerate(spans, start=1)
    ]  # fmt: skip
    made[Period] += [
        Period("month", date(2024, 4, 1), date(2024, 4, 30), 8, False, False, False),
        Period("all", MONTHS[0], date(2024, 4, 9), 1, True, True, False),
    ]
    for entity in [("centre", "centre"), *(("team", key) for key in TEAMS)]:
        for kind, start in [*spans, ("all", MONTHS[0])]:
            for kpi_id, value in (("answer_rate", 0.85), ("speed_of_answer", 67.5), ("contacts_handled", 900.0)):
                made[KpiValue].append(
                    KpiValue(kpi_id, *entity, kind, start, 900, 900.0, 765.0, 765.0, value, value * 0.99, value * 1.01,
                             None, None, False, "no_target", None, None)
                )  # fmt: skip
    before = {"other_start": QUARTERS[0]}
    made[Difference] = [
        difference("previous", "answer_rate", "centre", "centre", "better", **before),
        difference("previous", "speed_of_answer", "centre", "centre", "worse", **before, difference=4.5),
        difference("previous", "answer_rate", "T1", "T1", "too_close_to_call", **before),
        difference("previous", "speed_of_answer", "T1", "T1", "too_few", **before, difference_low=None,
                   difference_high=None, q=None),
        *(
            difference("earlier", "answer_rate", entity, entity, "worse", period_kind="month",
                       period_start=date(2024, 3, 1), other_start=date(2024, 1, 1), difference=-0.03)
            for entity in ("centre", "T1")
        ),
        difference("team_others", "answer_rate", "T1", "others", "better", is_adjusted=True),
        difference("team_others", "answer_rate", "T2", "others", "worse", difference=-0.04),
        difference("team_others", "answer_rate", "T3", "others", "too_close_to_call"),
        difference("team_others", "answer_rate", "T4", "others", "worse"),
        difference("team_pair", "answer_rate", "T1", "T2", "better", is_adjusted=True),
        difference("team_pair", "answer_rate", "T1", "T3", "better"),
        difference("team_pair", "speed_of_answer", "T1", "T3", "different", difference=-9.5, difference_low=-12.0,
                   difference_high=-7.0),
        difference("team_pair", "answer_rate", "T2", "T3", "too_close_to_call", difference=0.0),
        difference("team_pair", "answer_rate", "T1", "T4", "better"),
    ]  # fmt: skip
    made[Rule] = fake_marts.rules()
    return made
