"""An invented centre with places, engagement items and rising people, and the pages of that subject as text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from markupsafe import Markup

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import EngagementAxis, EngagementItem, Quadrant, QuadrantCount, Rising, Rule, Tier
from pipelines.site import pages, templates
from pipelines.site.areas import talent
from pipelines.site.areas._talent_book import Cuts
from pipelines.site.drawings import Drawing
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts

NOW, BEFORE, FIRST = (("quarter", day) for day in (date(2024, 1, 1), date(2023, 10, 1), date(2023, 7, 1)))
END = date(2024, 3, 31)
MARTS = (Tier, Quadrant, QuadrantCount, EngagementAxis, EngagementItem, Rising)
CUTS = Cuts(80.0, 70.0, 0.6, (79.2, 80.8), (68.5, 71.5))
CHANCES = {
    "A0": (0.57, 0.34, 0.06, 0.03),
    "A1": (0.9996, 0.0004, 0.0, 0.0),
    "A3": (0.01, 0.02, 0.29, 0.68),
    "A4": (0.02, 0.9, 0.01, 0.07),
}
NAMED = {"A0": "between", "A1": "lead", "A2": "not_rated", "A3": "restart", "A4": "unblock", "A5": "new_starter"}
ACTIONS = {"lead": "widen_responsibility", "restart": "one_small_plan", "unblock": "ask_what_is_in_the_way"}


NEUTRAL: dict[str, object] = {"str": "", "int": 0, "float": 0.0, "bool": False}


def tier(agent_id: str, team_id: str | None) -> Tier:
    """Somebody observed in the window; of the tier, places rest on the window and the high line only."""
    columns: dict[str, Any] = {name: NEUTRAL.get(str(kind)) for name, kind in Tier.__annotations__.items()}
    del columns["name"], columns["order"]
    kind, start = NOW
    known = {"agent_id": agent_id, "team_id": team_id, "is_current": True, "tier_high_cut": 82.0}
    return Tier(**columns | known | {"window_kind": kind, "window_start": start, "window_end": END})


def place(agent_id: str) -> Quadrant:
    """Where somebody stands; with the same scores for everybody who has a place."""
    chances, quadrant = CHANCES.get(agent_id), NAMED[agent_id]
    known: list[Any] = [84.0, 3.0, 79.1, 88.9, 72.0, 6.0, 62.1, 81.9] if chances else [None] * 8
    known += [2 if quadrant == "not_rated" else 4, CUTS.ability, CUTS.engagement, *CUTS.ability_band]
    known += [*CUTS.engagement_band, CUTS.sure]
    known += chances or [None] * 4
    p_named = max(chances) if chances and quadrant != "between" else None
    return Quadrant(agent_id, *NOW, quadrant, ACTIONS.get(quadrant), p_named, *known)


def count(code: str, people: int | None) -> QuadrantCount:
    return QuadrantCount(*NOW, "centre", "centre", code, people, people is None, 57)


def item(agent_id: str, name: str, n: int, fair: float, score: float) -> EngagementItem:
    return EngagementItem(agent_id, *NOW, name, "counts", n, fair + 2, fair, 40.0, 60.0, 140.0, score)


def rises(agent_id: str, *, hidden: bool = False) -> Rising:
    return Rising(agent_id, *NOW, not hidden, hidden, 78.0, 3.0, 4, 2.4, 0.8, -1.1, 0.953, 76.0, 89.0, 0.9996)


def rows() -> fake_marts.Rows:
    """Teams of three and two people, of whom three are the fewest that may be counted; an agent who left."""
    found = fake_marts.centre()
    found[Tier] = [tier(key, "T1" if key in ("A0", "A1", "A2") else "T2") for key in ("A0", "A1", "A2", "A3", "A4")]
    found[Quadrant] = [place(each.agent_id) for each in found[Tier]]
    found[Quadrant] += [replace(place("A0"), window_start=BEFORE[1], ability_score=81.5, engagement_score=66.2)]
    found[QuadrantCount] = [
        count("lead", 10), count("unblock", None), count("develop", 20), count("restart", 10), count("between", 9),
        count("not_rated", None), count("not_enough_evidence", 0), count("new_starter", None),
    ]  # fmt: skip
    found[EngagementAxis] = [
        EngagementAxis(*NOW, "shown", 4, 3, 31, 0.893, 0.7, 52),
        EngagementAxis(*BEFORE, "items_disagree", 4, 3, 35, 0.4198, 0.7, 0),
        EngagementAxis(*FIRST, "too_few_items", 2, 3, 22, None, 0.7, 0),
    ]
    found[EngagementItem] = [
        item("A0", "leader_rating", 1, 55.0, 71.0), item("A0", "peer_rating", 3, 75.0, 96.0),
        item("A1", "peer_rating", 4, 50.0, 66.0), item("A3", "voluntary_training", 2, 50.0, 66.0),
    ]  # fmt: skip
    found[Rising] = [rises("A2"), rises("A4", hidden=True)]
    found[Rule] = [
        replace(rule, value=3.0, owner="Operations board", valid_from=date(2024, 2, 5))
        if rule.rule_id == "group_min_people"
        else rule
        for rule in found[Rule]
    ]
    return found


def not_shown(state: str, items: int) -> fake_marts.Rows:
    found = rows()
    found[EngagementAxis] = [EngagementAxis(*NOW, state, items, 3, 31, 0.42, 0.7, 0)]
    empty = dict.fromkeys(("p_lead", "p_unblock", "p_develop", "p_restart", "p_named", "action", "ability_score"))
    found[Quadrant] = [replace(each, quadrant="not_rated", **empty) for each in found[Quadrant]]
    found[Rising] = []
    return found


# ---------- rendering
def voice(site: Site, language: str) -> Voice:
    spoken = words.load(templates.TEMPLATES / "words", language)
    return Voice(spoken, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def html(site: Site, language: str, template: str, **values: object) -> str:
    def picture(_drawing: Drawing) -> Markup:
        return Markup("<svg></svg>")

    environment = pages._environment(language)
    return environment.get_template(template).render(say=voice(site, language), picture=picture, **values)


def page(site: Site, language: str, kind: str) -> str:
    return html(site, language, f"pages/{kind}.html.j2", page=talent.PAGES[kind](Selection(site, "../")))


def team(site: Site, language: str, team_id: str) -> str:
    finder, entity = Selection(site, "../"), next(each for each in site.teams if each.team_id == team_id)
    part, shown = talent.on_team(finder, entity), finder.team(entity)
    return html(site, language, "areas/talent_team.html.j2", page=shown, part=part) if part else ""


def agent(site: Site, language: str, agent_id: str) -> str:
    finder, entity = Selection(site, "../"), next(each for each in site.agents if each.agent_id == agent_id)
    part, shown = talent.on_agent(finder, entity), finder.agent(entity)
    return html(site, language, "areas/talent_agent.html.j2", page=shown, part=part) if part else ""


def text(found: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found)))


def row(found: str, name: str) -> str:
    """The line of a table that begins with a name."""
    return next(text(line.split("</tr>")[0]) for line in re.split(r"<tr[^>]*>", found) if f">{name}<" in line)


def everything(site: Site, language: str) -> str:
    parts = [page(site, language, kind) for kind in talent.PAGES]
    parts += [team(site, language, each.team_id) for each in site.teams]
    return text(" ".join([*parts, *(agent(site, language, each.agent_id) for each in site.agents)]))
