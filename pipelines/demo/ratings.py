"""Quarterly ratings of agents by colleagues, leaders and themselves.

Belongs here: who rates whom and how high. Does not belong here: the file (`exports_people`).
"""

from __future__ import annotations

import numpy as np

from pipelines.demo.centre import Centre
from pipelines.demo.plan import Subject

ITEMS = (
    ("Helps colleagues", "乐于助人"),
    ("Shares knowledge", "分享经验"),
    ("Keeps agreements", "说到做到"),
    ("Suggests improvements", "主动改进"),
)
SCALE_MAX = 5
_PEERS = 3


def ratings_rows(centre: Centre) -> list[tuple[int, int, str, str, int, int]]:
    """(day the quarter begins, agent, source, rater, item, score 1-5) for every agent there at the quarter's end."""
    people, plan = centre.people, centre.plan
    ids = people.agent_ids
    rows = []
    for quarter, (first, following) in enumerate(zip(plan.quarter_starts[:-1], plan.quarter_starts[1:], strict=True)):
        draw = plan.stream(Subject.RATINGS, quarter)
        there = np.flatnonzero((people.hire_day < following - 30) & (people.left_day >= following))
        team = people.team_on(there, np.full(len(there), following - 1))
        attitude = plan.stream(Subject.RATINGS, 10**6).normal(size=(plan.agents, len(ITEMS))) * 0.35
        everybody = np.arange(plan.agents)
        attitude += 0.40 * centre.skills.of("engagement", everybody, np.full(plan.agents, following - 1))[:, None]
        for agent, of_team in zip(there, team, strict=True):
            mates = there[(team == of_team) & (there != agent)]
            raters = [("peer", ids[mate]) for mate in draw.permutation(mates)[:_PEERS]]
            raters += [("leader", people.teams[of_team].leader), ("self", ids[agent])]
            noise = draw.normal(size=(len(raters), len(ITEMS))) * 0.65
            for place, (source, rater) in enumerate(raters):
                level = 3.8 + attitude[agent] + noise[place] + (0.25 if source == "self" else 0.0)
                scores = np.clip(np.rint(level), 1, SCALE_MAX).astype(np.int64)
                rows += [(first, int(agent), source, rater, item, int(scores[item])) for item in range(len(ITEMS))]
    return rows
