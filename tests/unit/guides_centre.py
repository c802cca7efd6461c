"""An invented team with everything a coaching guide may hold, and the guide rendered. Nothing a test asserts.

Birch (T1) has Tia, Uma and somebody with a hostile name; Nils has left it. Cedar (T2) has Rob and Pia, of whom nothing
may stand in the guide of Birch.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from pipelines import marts, words
from pipelines.figures import figures
from pipelines.marts import (
    Agent,
    Badge,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingSchedule,
    DeliveredTable,
    Entity,
    ErrorType,
    Expectation,
    GroupTopic,
    PersonalBest,
    Recognition,
    RecognitionChoice,
    RolePlay,
    Tier,
)
from pipelines.site import areas, model, pages, templates
from pipelines.site.areas import guides, sheets, systemic, talent, tiers
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts, systemic_centre
from tests.unit.tiers_centre import row

FIRST, LAST = fake_marts.FIRST, fake_marts.LAST
HOSTILE = fake_marts.HOSTILE
QUOTE = "I had no notice,\u202e<img src=x onerror=alert(1)> so I cannot answer"
PEOPLE = {
    "A0": ("Tia", "田甲", "T1"), "A1": ("Uma", "武乙", "T1"), "A2": (HOSTILE, HOSTILE, "T1"),
    "A3": ("Rob", "罗丁", "T2"), "A4": ("Pia", "裴戊", "T2"), "A5": ("Nils", "聂己", "T1"),
}  # fmt: skip
NOW = {"window_kind": "quarter", "window_start": FIRST, "is_current": True}
RECENT = {"window_kind": "recent", "window_start": date(2024, 1, 1), "window_end": LAST}
TABLES = ("contacts", "surveys", "qa_scores", "complaints", "training", "coaching_log")
BOOKS: dict[str, Any] = {"tiers": tiers, "talent": talent, "systemic": systemic, "sheets": sheets, "guides": guides}


def turn(agent_id: str, position: int, reasons: str, minutes: int, **more: Any) -> CoachingSchedule:
    return replace(
        CoachingSchedule(
            "T1", agent_id, position, reasons.split(",")[0], reasons, "mid", "develop", date(2024, 3, 19), 12, 30,
            minutes, 1.0, minutes <= 60, "one_to_one",
        ),
        **more,
    )  # fmt: skip


def focus(agent_id: str, role: str, position: int, **more: Any) -> CoachingFocus:
    known = {"subject": "kpi", "kpi_id": "answer_rate", "n": 90, "value": 0.9, "steadied_value": 0.88, "target": 0.8}
    found: CoachingFocus = row(
        CoachingFocus, **NOW, agent_id=agent_id, team_id="T1", role=role, position=position, **known
    )
    return replace(found, **more)


def priority(agent_id: str, position: int, **more: Any) -> CoachingFocus:
    """An item that is missed."""
    known = {
        "subject": "item", "kpi_id": "csat_mean", "item": "Owns the matter", "error_type": "evading", "misses": 9,
        "target": 0.2, "cause": "skill", "form": "simulation", "form_reason": "practise_it",
    }  # fmt: skip
    return focus(agent_id, "priority", position, **known | more)


def card(card_id: str, agent_id: str, position: int, **more: Any) -> CoachingEvidence:
    """A complete moment."""
    at = datetime(2024, 3, 21, 14, 0, 23)  # noqa: DTZ001 - a time as a mart has it
    known: dict[str, Any] = {
        "card_id": card_id, "agent_id": agent_id, "team_id": "T1", "sign": "improve", "position": position,
        "source": "monitored", "contact_id": f"k-{card_id}", "said_at": at,
        "call_started_at": at - timedelta(seconds=40), "offset_seconds": 40.0,
        "item": "Owns the matter", "error_type": "evading", "quote": "That is not our job", "is_complete": True,
        "is_recent": True,
    }  # fmt: skip
    found: CoachingEvidence = row(CoachingEvidence, **known | more)
    return found


def plan(agent_id: str, number: int, **more: Any) -> CoachingPlan:
    """An open goal with everything that was asked for."""
    known: dict[str, Any] = {
        "coaching_id": f"s{agent_id}", "goal_number": number, "agent_id": agent_id, "team_id": "T1",
        "held_on": date(2024, 3, 4), "horizon": "short", "kpi_id": "answer_rate", "baseline_value": 0.7,
        "target_value": 0.8, "due_on": date(2024, 4, 8), "steps": "listen to two calls", "owner": "both",
        "status": "agreed", "status_on": date(2024, 3, 4), "is_open": True, "is_latest_session": True, "days_left": 8,
    }  # fmt: skip
    found: CoachingPlan = row(CoachingPlan, **known | more)
    return found


def progress(agent_id: str, number: int, state: str, **more: Any) -> CoachingProgress:
    known: dict[str, Any] = {
        "coaching_id": f"s{agent_id}", "goal_number": number, "agent_id": agent_id, "kpi_id": "answer_rate",
        "horizon": "short", "held_on": date(2024, 3, 4), "due_on": date(2024, 4, 8), "as_of": LAST,
        "baseline_value": 0.7, "target_value": 0.8, "n": 84, "value_since": 0.712, "value_low": 0.66,
        "value_high": 0.76, "path_value": 0.764, "anyway_value": 0.709, "state": state,
        "beyond_anyway": "as_predicted", "status": "agreed",
    }  # fmt: skip
    found: CoachingProgress = row(CoachingProgress, **known | more)
    return found


def coverage(grain: str, entity_id: str, **more: Any) -> CoachingCoverage:
    known: dict[str, Any] = {
        "people": 3, "coached_people": 2, "sessions": 4, "minutes": 110.0, "minutes_per_person": 36.7,
        "proactive_sessions": 1, "reactive_sessions": 3, "proactive_share": 0.25, "acknowledged_share": 0.5,
        "disputes": 1, "people_overdue": 1,
    }  # fmt: skip
    found: CoachingCoverage = row(CoachingCoverage, **RECENT, grain=grain, entity_id=entity_id, **known | more)
    return found


def mix(kind: str, name: str, people: int | None, minutes: float | None) -> CoachingCoverageMix:
    window = {"window_kind": "recent", "window_start": FIRST, "grain": "team", "entity_id": "T1"}
    found: CoachingCoverageMix = row(
        CoachingCoverageMix, **window, group_kind=kind, group_name=name, people=people, minutes_per_person=minutes,
        is_hidden=people is None,
    )  # fmt: skip
    return found


def expectation(role: str, kpi_id: str, target: float, **more: Any) -> Expectation:
    found = Expectation(role, kpi_id, date(1900, 1, 1), None, None, target, None, None, "value", "default", 0.3, True)
    return replace(found, **more)


def errors() -> list[ErrorType]:
    return [
        ErrorType("evading", 10, None, "responsibility", "Passing the customer on", "推诿", "simulation"),
        ErrorType("feelings_missed", 2, None, "interpersonal", "Feelings passed over", "没有回应情绪", "simulation"),
        ErrorType("own_invention", 99, None, None, "Own invention", "自定的差错", "talk"),
    ]


def topic(error_type: str, position: int, verdict: str) -> GroupTopic:
    counts = {"items": 80, "misses": 24, "people": 3, "people_missing": 2, "miss_share": 0.3, "centre_miss_share": 0.17}
    known = {"team_id": "T1", "position": position, "error_type": error_type, "verdict": verdict}
    found: GroupTopic = row(GroupTopic, **NOW, **known, **counts)
    return found


def scene(position: int, reason: str, error_type: str, quote: str | None = None, team_id: str = "T1") -> RolePlay:
    known = {"team_id": team_id, "position": position, "reason": reason, "error_type": error_type, "quote": quote}
    found: RolePlay = row(RolePlay, **NOW, **known, misses=6, items=30)
    return found


def point(agent_id: str, source: str, **more: Any) -> Recognition:
    known = {"reference": source, "points": 5.0, "earned_on": LAST}
    found: Recognition = row(Recognition, **NOW, agent_id=agent_id, team_id="T1", source=source, **known | more)
    return found


def badge(agent_id: str, name: str) -> Badge:
    found: Badge = row(Badge, **NOW, agent_id=agent_id, team_id="T1", badge=name, reference=name, earned_on=LAST)
    return found


def tier(agent_id: str, code: str, before: str | None) -> Tier:
    window = {"window_end": LAST, "tier_high_cut": 80.0, "previous_tier": before}
    return replace(row(Tier, **NOW, agent_id=agent_id, team_id="T1", tier=code), strength="firm", **window)  # type: ignore[no-any-return]


def rows() -> fake_marts.Rows:
    """Everything is delivered; the hour of this week reaches two of three people."""
    found = systemic_centre.centre()
    found[Entity] = [entity for entity in found[Entity] if entity.grain != "agent"]
    found[Entity] += [Entity("agent", key, en, zh) for key, (en, zh, _) in PEOPLE.items()]
    found[Agent] = [
        replace(agent, team_id=PEOPLE[agent.agent_id][2], is_current=agent.agent_id != "A5") for agent in found[Agent]
    ]
    found[DeliveredTable] = [
        DeliveredTable(name, number, f"Table {number}", f"表{number}", True, 10, 0, 10, FIRST, LAST, 0)
        for number, name in enumerate(TABLES)
    ]
    found[CoachingSchedule] = [
        turn("A1", 1, "plan_slipping,overdue,recognition", 30),
        turn("A0", 2, "priority", 60, form="simulation", last_held_on=None, days_since_last=None),
        turn("A2", 3, "routine", 75, minutes_suggested=15),
        turn("A3", 1, "asked", 30, team_id="T2"),
    ]
    found[CoachingFocus] = [
        focus("A0", "strength", 1), focus("A0", "strength", 2, subject="item", item="Explains holds", misses=0),
        priority("A0", 1), priority("A1", 1, kpi_id="answer_rate", subject="kpi", error_type=None),
        priority("A3", 1), focus("A5", "strength", 1),
    ]  # fmt: skip
    found[CoachingEvidence] = [
        card("c1", "A0", 1, verdict="justified", source="complaint", quote=QUOTE), card("c2", "A0", 2),
        card("c3", "A0", 1, sign="strength", quote="Take your time"),
        card("c4", "A1", 1, quote=None, lacks_quote=True, is_complete=False, said_at=None, lacks_time=True),
        card("c5", "A1", 2, error_type="own_invention", lacks_technique=True, is_complete=False),
        card("c8", "A1", 3, source="complaint", contact_id=None, is_complete=False),
        card("c6", "A3", 1, quote="Words of Cedar"), card("c7", "A2", 1, is_recent=False),
    ]  # fmt: skip
    found[ErrorType] = errors()
    found[CoachingPlan] = [
        plan("A1", 1),
        plan("A1", 2, kpi_id=None, measure="two calm calls a day", steps=None, owner=None, due_on=None),
        plan("A2", 1, is_overdue=True, days_left=-3, due_on=date(2024, 3, 28)),
        plan("A2", 2, status="achieved", is_open=False, status_on=date(2024, 3, 20), career_goal="Trainer <b>now</b>"),
        plan("A2", 3, status="achieved", is_open=False, status_on=date(2023, 11, 2), topic="long ago", kpi_id=None),
        plan("A2", 4, status="revised", is_open=False), plan("A3", 1, topic="of Cedar"),
    ]  # fmt: skip
    found[CoachingProgress] = [
        progress("A1", 1, "slipping"), progress("A2", 1, "reached", is_due=True, value_since=0.83),
    ]  # fmt: skip
    found[CoachingCoverage] = [coverage("team", "T1"), coverage("centre", "centre", proactive_share=0.55)]
    found[CoachingCoverageMix] = [
        mix("tier", "low", None, None),
        mix("tier", "mid", 7, 31.0),
        mix("tenure", "0-30", 0, None),
    ]
    found[Expectation] = [
        expectation("*", "answer_rate", 0.8, previous_target=0.75, valid_from=date(2024, 2, 1), owner="Operations"),
        expectation("*", "csat_mean", 4.2, weight=0.2), expectation("vip", "csat_mean", 4.6),
        expectation("*", "average_talk_time", 1.1, basis="ratio", weight=None),
    ]  # fmt: skip
    found[GroupTopic] = [topic("evading", 1, "team"), topic("feelings_missed", 2, "everywhere")]
    found[RolePlay] = [
        scene(1, "r<1>", "evading", QUOTE), scene(2, "unheard", "evading"), scene(3, "r<1>", "own_invention"),
        scene(1, "r<1>", "feelings_missed", "Words of Cedar", "T2"),
    ]  # fmt: skip
    found[Recognition] = [
        point("A0", "improvement", kpi_id="answer_rate", amount=0.034), point("A0", "plan_achieved"),
        point("A0", "team_goal", kpi_id="csat_mean"), point("A1", "team_goal", kpi_id="csat_mean"),
        point("A1", "plan_achieved", kpi_id="answer_rate"),
        point("A3", "improvement", kpi_id="answer_rate", amount=0.1),
    ]  # fmt: skip
    found[Badge] = [badge("A0", "goal_reached"), badge("A0", "steady_hand")]
    found[PersonalBest] = [PersonalBest("A0", "T1", "csat_mean", date(2024, 3, 1), 4.61, 80, 4.4, 4.2, True)]
    found[RecognitionChoice] = [RecognitionChoice("A0", True, True, None), RecognitionChoice("A1", False, True, None)]
    found[Tier] = [tier("A0", "mid", "low"), tier("A1", "low", "mid"), tier("A2", "mid", "new_starter")]
    return found


def without(*tables: str) -> fake_marts.Rows:
    """The same centre when some tables were not delivered, and nothing that rests on them."""
    found = rows()
    found[DeliveredTable] = [replace(t, is_delivered=t.table_name not in tables) for t in found[DeliveredTable]]
    rests_on = {
        "qa_scores": (CoachingEvidence, GroupTopic, RolePlay),
        "coaching_log": (CoachingPlan, CoachingProgress, CoachingCoverage, CoachingCoverageMix),
    }
    for table in tables:
        found |= {mart: [] for mart in rests_on.get(table, ())}
    return found


# ---------- rendering
def site_of(folder: Path, found: fake_marts.Rows) -> Site:
    """The site with the books a guide reads, and no other."""
    written = fake_marts.write(folder, found)
    return replace(model.load(written), books={name: area.load(written) for name, area in BOOKS.items()})


def again(site: Site, written: Path, folder: Path, found: fake_marts.Rows) -> Site:
    """The site whose marts stand in `written`, with other people, other tables delivered, other marts of coaching."""
    shutil.copytree(written, folder, dirs_exist_ok=True)
    known = rows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marts, "MARTS", [mart for mart in marts.MARTS if found[mart] != known[mart]])
        fake_marts.write(folder, found)
    fresh = {name: BOOKS[name].load(folder) for name in ("sheets", "guides")}
    people, tables = tuple(found[Agent]), tuple(found[DeliveredTable])
    return replace(site, agents=people, tables=tables, books={**site.books, **fresh})


def with_book(site: Site, area: str, **changes: Any) -> Site:
    """The same site with other rows in an area's book."""
    book: Any = site.books[area]
    return replace(site, books={**site.books, area: replace(book, **changes)})


def with_people(site: Site, **changes: Any) -> Site:
    """The same site where something else is known of everybody of Birch."""
    found = tuple(replace(agent, **changes) if agent.team_id == "T1" else agent for agent in site.agents)
    return replace(site, agents=found)


def voice(site: Site, language: str) -> Voice:
    spoken = words.load(templates.TEMPLATES / "words", language)
    return Voice(spoken, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def context(site: Site, team_id: str = "T1") -> Any:
    team = next(team for team in site.teams if team.team_id == team_id)
    return guides.guide(Selection(site, "../"), team)


def html(site: Site, language: str, team_id: str = "T1") -> str:
    return _rendered(site, language, "pages/guide.html.j2", page=context(site, team_id))


def section(site: Site, language: str, team_id: str = "T1") -> str:
    """What the guide says on the team's page; empty for nothing."""
    team = next(team for team in site.teams if team.team_id == team_id)
    part = guides.on_team(Selection(site, "../"), team)
    return _rendered(site, language, "areas/guides_team.html.j2", part=part) if part else ""


def answer(site: Site, language: str, team_id: str = "T1") -> str:
    """What the guide adds to the answer of the team's page; empty for nothing."""
    team = next(team for team in site.teams if team.team_id == team_id)
    part = guides.on_team(Selection(site, "../"), team)
    return "".join(areas.answers(voice(site, language), [areas.Section("guides", "team", part)])) if part else ""


def _rendered(site: Site, language: str, template: str, **values: object) -> str:
    picture = partial(Markup, "<svg></svg>")
    found = pages._environment(language).get_template(template)
    return found.render(say=voice(site, language), picture=picture, **values)


def text(found: str) -> str:
    """What a reader meets, without the blanks that stand for tags before punctuation."""
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found)))
    return re.sub(r" ([.,:;)])", r"\1", plain)


def stage(found: str, name: str) -> str:
    """One stage as text, its heading included."""
    rest = found.split(f'id="{name}"', 1)[1]
    return text('<h2 class="' + re.split(r"<h2|<section", rest)[0])
