"""An invented centre with tiers, their counts, moves and rules. Not: its pages (tiers_pages), nothing a test asserts.

Neither people nor teams stand by their keys, scores or tiers when they stand in order of name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pipelines.marts import (
    Agent,
    Anchor,
    Entity,
    Kpi,
    KpiValue,
    Mart,
    Rule,
    Standing,
    Team,
    Tier,
    TierChange,
    TierCount,
    TierMix,
    TierMove,
    TierTransition,
)
from pipelines.site.model import Site
from tests.unit import fake_marts

FIRST, BEFORE, NOW = date(2023, 7, 1), date(2023, 10, 1), date(2024, 1, 1)
PREVIEW = ("preview", date(2024, 2, 1), date(2024, 4, 30))
TEAMS = {"T1": ("Willow", "柳树组"), "T2": ("Alder", "桤木组"), "T3": ("Maple", "枫树组")}
PEOPLE = {
    "A0": ("Tia", "田甲", "T1"), "A1": ("Uma", "武乙", "T1"), "A2": ("Sam", "沈丙", "T1"), "A3": ("Rob", "罗丁", "T2"),
    "A4": ("Pia", "裴戊", "T2"), "A5": ("Nils", "聂己", "T3"),
}  # fmt: skip
ASPECTS = {
    "csat_mean": "quality", "abandon_rate": "quality", "speed_of_answer": "management", "contacts_handled": "volume",
}  # fmt: skip
NEUTRAL: dict[str, object] = {"str": "", "int": 0, "float": 0.0, "bool": False, "date": NOW}


def last_day(start: date) -> date:
    """Of the quarter that begins then."""
    return (start + timedelta(92)).replace(day=1) - timedelta(1)


def row(mart: type[Mart], **known: Any) -> Any:
    """A row of a mart with neutral values where nothing is said."""
    columns = {
        name: NEUTRAL.get(str(kind)) for name, kind in mart.__annotations__.items() if name not in Mart.__annotations__
    }
    return mart(**columns | known)


def tier(agent_id: str, code: str, score: float, chances: tuple[float, float, float], **more: Any) -> Tier:
    """Somebody in the current quarter; `chances` are those of high, mid and low."""
    p_high, p_mid, p_low = chances
    known: dict[str, Any] = {
        "agent_id": agent_id, "team_id": PEOPLE[agent_id][2], "window_kind": "quarter", "window_start": NOW,
        "window_end": last_day(NOW), "is_current": True, "role": "general", "tenure_band": "",
        "tier": code, "score": score, "score_low": score - 5.1, "score_high": score + 5.1, "p_high": p_high,
        "p_mid": p_mid, "p_low": p_low, "revision": 1,
    }  # fmt: skip
    found: Tier = row(Tier, **known | more)
    return found


def earlier(now: Tier, start: date, code: str, score: float, **more: Any) -> Tier:
    window: dict[str, Any] = {"window_start": start, "window_end": last_day(start), "is_current": False}
    return replace(now, tier=code, score=score, score_low=score - 6.2, score_high=score + 6.2, **window, **more)


def preview(now: Tier, code: str) -> Tier:
    kind, start, end = PREVIEW
    return replace(now, window_kind=kind, window_start=start, window_end=end, is_current=False, tier=code)


def tiers() -> list[Tier]:
    """Each special case once; three quarters and a preview of the first."""
    first = tier("A0", "high", 91.3, (0.93, 0.07, 0.0), strength="firm", previous_tier="mid", p_flip=0.16)
    reason = {"no_tier_reason": "low_reliability", "previous_tier": "mid"}
    unknown = tier("A2", "not_enough_evidence", 74.04, (0.21, 0.7, 0.09), **reason)
    return [
        first, preview(first, "mid"),
        earlier(first, BEFORE, "mid", 77.7, strength="leaning", p_high=0.34, p_mid=0.66),
        earlier(first, FIRST, "new_starter", 70.2, strength=None, no_tier_reason="new_starter"),
        tier("A1", "mid", 61.5, (0.0, 0.48, 0.52), strength="borderline", borderline="low", previous_tier="mid"),
        unknown, preview(unknown, "low"),
        tier("A3", "low", 60.8, (0.0, 0.57, 0.43), strength="borderline", previous_tier="low", revision=3),
        tier("A4", "new_starter", 66.6, (0.1, 0.6, 0.3), no_tier_reason="new_starter", revision=None),
        tier("A5", "mid", 82.4, (0.37, 0.63, 0.0), strength="leaning", is_gated=True, p_critical=0.91),
    ]  # fmt: skip


def mix(grain: str, entity_id: str, start: date, counts: tuple[int, int, int, int, int], score: float) -> TierMix:
    """`counts` are high, mid, low, not enough evidence, new starters."""
    names = dict(zip(("high", "mid", "low", "not_enough_evidence", "new_starter"), counts, strict=True))
    found: TierMix = row(
        TierMix, grain=grain, entity_id=entity_id, window_kind="quarter", window_start=start, is_current=start == NOW,
        window_end=last_day(start), people=sum(counts), mean_score=score, mean_score_low=score - 1.25,
        mean_score_high=score + 1.25, expected_flips=13.4, raw_low=26, raw_low_not_low=20, **names,
    )  # fmt: skip
    return found


def count(start: date, code: str, people: int | None, in_all: int, hidden: int) -> TierCount:
    return TierCount("quarter", start, last_day(start), start == NOW, code, people, in_all, hidden)


def change(**known: Any) -> TierChange:
    return replace(TierChange(NOW, BEFORE, True, 118, 23, 9.37, "mostly_down", "more_than_chance"), **known)


def move(agent_id: str, *parts: float) -> TierMove:
    """`parts` are own results, rules, data corrected, and the mix that was taken out."""
    skill, rule, revision, mixed = parts
    found: TierMove = row(
        TierMove, agent_id=agent_id, previous_start=BEFORE, is_current=True, score_change=skill + rule + revision,
        skill_part=skill, rule_part=rule, revision_part=revision, mix_removed=mixed,
    )  # fmt: skip
    return found


def standing(agent_id: str, kpi_id: str, weight: float | None, comparison: str, **more: Any) -> Standing:
    known: dict[str, Any] = {
        "kpi_id": kpi_id, "window_kind": "quarter", "agent_id": agent_id, "n": 345, "value": 4.44,
        "expected_value": 4.21, "steadied_value": 4.33, "steadied_low": 4.26, "steadied_high": 4.4,
        "reliability": 0.76, "comparison": comparison, "weight": weight, "contribution": 51.7,
        "contribution_at_target": 48.0, "contribution_at_most": 60.0,
    }  # fmt: skip
    found: Standing = row(Standing, **known | more)
    return found


def anchor(
    role: str, kpi_id: str, weight: float, anchors: tuple[float, float, float], owner: str, **more: str
) -> Anchor:
    known = {"role": role, "kpi_id": kpi_id, "weight": weight, "owner": owner, "basis": "value"} | more
    names = dict(zip(("minimum", "target", "excellent"), anchors, strict=True))
    found: Anchor = row(Anchor, **known, **names, weight_valid_from=date(2024, 1, 9))
    return found


def centre() -> fake_marts.Rows:
    """Three teams of three, two and one; of the centre, the low and the new are too few to be told."""
    found = fake_marts.centre()
    found[Kpi] = [replace(kpi, aspect=ASPECTS.get(kpi.kpi_id, "")) for kpi in found[Kpi]]
    names = {("agent", key): value[:2] for key, value in PEOPLE.items()} | {
        ("team", key): value for key, value in TEAMS.items()
    }
    found[Entity] = [
        *(entity for entity in found[Entity] if (entity.grain, entity.entity_id) not in names),
        *(Entity(*key, *value) for key, value in names.items()),
    ]
    found[Team].append(Team("T3", None, None, 1, fake_marts.FIRST, fake_marts.LAST))
    found[Agent] = [replace(agent, team_id=PEOPLE[agent.agent_id][2]) for agent in found[Agent]]
    of_maple = [each for each in found[KpiValue] if (each.grain, each.entity_id) == ("team", "T2")]
    found[KpiValue] += [replace(each, entity_id="T3") for each in of_maple]
    found[Tier] = tiers()
    found[TierMix] = [
        mix("centre", "centre", NOW, (41, 77, 3, 19, 7), 74.26),
        mix("centre", "centre", BEFORE, (44, 81, 5, 9, 0), 75.5),
        mix("team", "T1", NOW, (3, 3, 0, 1, 0), 75.61),
        mix("team", "T2", NOW, (0, 4, 1, 0, 1), 63.7),
        mix("team", "T3", NOW, (0, 1, 0, 0, 0), 82.4),
    ]
    told: dict[date, dict[str, int | None]] = {
        BEFORE: {"high": 44, "mid": 81, "low": 5, "not_enough_evidence": 9, "new_starter": 0},
        NOW: {"high": 41, "mid": 77, "low": None, "not_enough_evidence": 19, "new_starter": None},
    }
    found[TierCount] = [
        count(start, code, people, *((147, 10) if start == NOW else (139, 0)))
        for start, codes in told.items()
        for code, people in codes.items()
    ]
    ways = {("high", "high"): 35, ("mid", "mid"): 60, ("mid", "high"): 10}
    found[TierTransition] = [
        TierTransition(NOW, BEFORE, old, new, ways.get((old, new)), 5, 10)
        for old in ("high", "mid", "low")
        for new in ("high", "mid", "low")
    ]
    found[TierChange] = [
        TierChange(BEFORE, FIRST, False, 101, None, 4.44, "too_few", "as_chance"),
        change(),
    ]
    found[TierMove] = [move("A0", 11.62, 3.14, -1.16, 2.42), move("A1", -2.3, 0.0, 0.0, 0.4)]
    found[Standing] = [
        standing("A0", "csat_mean", 0.6, "better"),
        standing("A0", "speed_of_answer", 0.4, "cannot_say", contribution=32.0, is_capped=True),
        standing("A0", "answer_rate", None, "alike"),
        standing("A1", "csat_mean", 0.6, "worse"),
    ]
    found[Anchor] = [
        anchor("*", "csat_mean", 0.6, (3.1, 3.9, 4.4), "derived", anchors_source="derived"),
        anchor("*", "average_talk_time", 0.4, (1.15, 0.98, 0.83), "default", basis="ratio"),
        anchor("general", "csat_mean", 0.35, (3.3, 4.1, 4.6), "Service board"),
        anchor("nights", "answer_rate", 0.25, (0.7, 0.8, 0.9), "default"),
    ]
    found[Rule] = with_rule("tier_enter", value=0.85, owner="Operations board", valid_from=date(2024, 2, 5))
    return found


def with_rule(rule_id: str, **changes: Any) -> list[Rule]:
    return [replace(rule, **changes) if rule.rule_id == rule_id else rule for rule in fake_marts.rules()]


def with_book(site: Site, area: str, **changes: Any) -> Site:
    """The same site with other rows in an area's book."""
    book: Any = site.books[area]
    return replace(site, books={**site.books, area: replace(book, **changes)})
