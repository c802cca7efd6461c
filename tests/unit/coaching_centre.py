"""An invented centre with talks, goals and disputes, and its page about coaching as text. Nothing here asserts.

Birch (A0, A1, A2) has three people; Cedar (A3, A4) two, for A5 has left. Three are the fewest that may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from pipelines.marts import (
    Agent,
    AgentResponse,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingPlan,
    CoachingProgress,
    CoachingSchedule,
    DeliveredTable,
    Rule,
)
from pipelines.site import model
from pipelines.site.areas import coaching, effects, quality, sheets, tiers, training
from pipelines.site.model import Site
from tests.unit import effects_centre, fake_marts
from tests.unit.tiers_centre import row

AREAS = {
    "tiers": tiers, "effects": effects, "quality": quality, "sheets": sheets, "coaching": coaching,
    "training": training,
}  # fmt: skip
TABLES = ("contacts", "surveys", "qa_scores", "training", "coaching_log")
RECENT, BEFORE = date(2024, 1, 1), date(2023, 10, 1)
QUARTER = fake_marts.FIRST


def coverage(grain: str, entity_id: str, people: int, coached: int, overdue: int, **known: Any) -> CoachingCoverage:
    base = {
        "window_kind": "recent", "window_start": RECENT, "window_end": fake_marts.LAST, "sessions": 9,
        "minutes": 260.0, "minutes_per_person": 41.4, "proactive_sessions": 6, "reactive_sessions": 3,
        "proactive_share": 2 / 3, "acknowledged_share": 0.8, "last_held_on": date(2024, 3, 25), "days_since_last": 6,
    }  # fmt: skip
    found: CoachingCoverage = row(
        CoachingCoverage, grain=grain, entity_id=entity_id, people=people, coached_people=coached,
        people_overdue=overdue, **base | known,
    )  # fmt: skip
    return found


def quarter(start: date, minutes: float) -> CoachingCoverage:
    return coverage(
        "centre", "centre", 6, 4, 2, window_kind="quarter", window_start=start, minutes_per_person=minutes
    )  # fmt: skip


def mix(kind: str, name: str, minutes: float | None) -> CoachingCoverageMix:
    found: CoachingCoverageMix = row(
        CoachingCoverageMix, window_kind="recent", window_start=RECENT, grain="centre", entity_id="centre",
        group_kind=kind, group_name=name, people=12 if minutes else None, minutes_per_person=minutes,
        is_hidden=minutes is None,
    )  # fmt: skip
    return found


def turns(team_id: str, agents: Iterable[str], fitting: int) -> list[CoachingSchedule]:
    return [
        row(
            CoachingSchedule, team_id=team_id, agent_id=agent_id, position=place, main_reason="overdue",
            reasons="overdue", minutes_suggested=45, minutes_cumulative=45 * place, hours_available=1.5,
            is_within_hours=place <= fitting, form="one_to_one",
        )
        for place, agent_id in enumerate(agents, 1)
    ]  # fmt: skip


def plan(agent_id: str, number: int = 1, **known: Any) -> CoachingPlan:
    base = {
        "coaching_id": f"S-{agent_id}", "held_on": date(2024, 2, 5), "horizon": "short", "kpi_id": "answer_rate",
        "status": "in_progress", "status_on": date(2024, 2, 5), "is_open": True, "due_on": date(2024, 4, 20),
    }  # fmt: skip
    found: CoachingPlan = row(CoachingPlan, agent_id=agent_id, goal_number=number, **base | known)
    return found


def progress(agent_id: str, state: str, number: int = 1, **known: Any) -> CoachingProgress:
    base = {"coaching_id": f"S-{agent_id}", "kpi_id": "answer_rate", "beyond_anyway": "as_predicted"}
    found: CoachingProgress = row(
        CoachingProgress, agent_id=agent_id, goal_number=number, state=state, **base | known
    )  # fmt: skip
    return found


def response(number: int, agent_id: str, **known: Any) -> AgentResponse:
    base = {"responded_on": date(2024, 3, 1), "about": "evaluation", "kind": "disputed", "is_open": True}
    found: AgentResponse = row(AgentResponse, response_id=f"R{number}", agent_id=agent_id, **base | known)
    return found


def delivered(*names: str) -> list[DeliveredTable]:
    first, last = fake_marts.FIRST, fake_marts.LAST
    return [
        DeliveredTable(name, place, name.title(), f"表{place}", name in names, 100, 0, 100, first, last, 0)
        for place, name in enumerate(TABLES, 1)
    ]


def rows() -> fake_marts.Rows:
    """A log of one quarter and the one before, two open disputes, goals in several states."""
    found = effects_centre.rows()
    found[DeliveredTable] = delivered(*TABLES)
    found[Rule] = [replace(rule, value=3.0) if rule.rule_id == "group_min_people" else rule for rule in found[Rule]]
    found[Agent] = [replace(agent, is_current=agent.agent_id != "A5") for agent in found[Agent]]
    found[CoachingCoverage] = [
        coverage("centre", "centre", 6, 4, 2),
        coverage("team", "T1", 3, 2, 1, proactive_share=None, days_since_last=None),
        coverage("team", "T2", 2, 2, 1, minutes_per_person=77.7),
        coverage("agent", "A0", 1, 1, 0),
        quarter(BEFORE, 24.0),
        quarter(QUARTER, 39.0),
    ]
    found[CoachingCoverageMix] = [
        mix("tier", "high", 49.4), mix("tier", "mid", 37.4), mix("tier", "low", None), mix("tenure", "180+", 40.6),
        mix("tenure", "0-30", None),
    ]  # fmt: skip
    found[CoachingSchedule] = [*turns("T1", ("A0", "A1", "A2"), 2), *turns("T2", ("A3", "A4"), 2)]
    found[CoachingPlan] = [
        plan("A0", agent_comment="I would like to sit beside somebody.", acknowledged_on=date(2024, 2, 6)),
        plan("A1"),
        plan("A2", is_overdue=True, due_on=date(2024, 3, 1)),
        plan("A3", kpi_id=None, held_on=date(2023, 11, 1)),
        plan("A4", status="achieved", is_open=False, due_on=date(2024, 3, 1)),
        plan("A5"),
    ]
    found[CoachingProgress] = [
        progress("A0", "slipping"),
        progress("A1", "on_track"),
        progress("A2", "not_reached", is_due=True),
        progress("A4", "reached", is_due=True, beyond_anyway="beyond"),
        progress("A5", "slipping"),
    ]
    found[AgentResponse] = [
        response(1, "A0", days_open=11),
        response(2, "A1", days_open=4),
        response(3, "A3", is_open=False, days_open=7, outcome="changed", answered_on=date(2024, 3, 8)),
        response(4, "A3", kind="comment", days_open=90),
    ]
    return found


def site_of(folder: Path, found: fake_marts.Rows) -> Site:
    """The site of these marts, with the books that these pages read."""
    written = fake_marts.write(folder, found)
    books = {name: area.load(written) for name, area in AREAS.items()}
    return replace(model.load(written), books=books)


def page(site: Site, language: str = "en") -> str:
    return effects_centre.html(site, "coaching", coaching.coaching(effects_centre.finder(site)), language)


def text(found: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found)))


def line(found: str, name: str) -> str:
    """The row of a table that begins with a name."""
    rows = re.split(r"<tr[^>]*>", found)[1:]
    return next(text(part.split("</tr>")[0]) for part in rows if name in part.split("</th>")[0])
