"""Who is short of a skill and who is strong in it, where everybody's true share of misses is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.model_sql import Project, database, put, rows

AGENTS = 400


def judged(shares: np.ndarray, items: int, span: str = "window", seed: int = 1) -> list[dict[str, Any]]:
    """int_need_skill of people who miss these shares of `items` items each."""
    misses = np.random.default_rng(seed).binomial(items, shares)
    found = [
        {
            "span": span,
            "agent_id": f"{agent:03d}",
            "team_id": "red",
            "dimension": "language",
            "items": items,
            "misses": int(misses[agent]),
            "lost_points": float(misses[agent]),
        }
        for agent in range(len(shares))
    ]
    with database() as connection:
        put(connection, "int_need_item", found)
        rules = {"focus_sure": 0.9, "mentor_min_items": 20.0}
        put(connection, "int_rule_now", [{"rule_id": name, "value": value} for name, value in rules.items()])
        Project().build(connection, "int_need_skill")
        return rows(connection, "select * from int_need_skill order by agent_id")


def test_of_those_called_short_nine_in_ten_truly_miss_more_than_the_centre() -> None:
    """The prior is that of the people themselves, so the probability means what it says."""
    shares = np.random.default_rng(2).beta(1.0, 19.0, AGENTS)
    found = judged(shares, items=24)
    short = [shares[int(row["agent_id"])] for row in found if row["is_short"]]
    assert len(short) >= 20
    assert np.mean(np.array(short) > shares.mean()) >= 0.9


def test_of_those_called_strong_nine_in_ten_truly_miss_less() -> None:
    shares = np.random.default_rng(3).beta(1.5, 13.5, AGENTS)
    found = judged(shares, items=60, span="memory")
    strong = [shares[int(row["agent_id"])] for row in found if row["is_strong"]]
    assert len(strong) >= 20
    assert np.mean(np.array(strong) < shares.mean()) >= 0.9


def test_where_people_are_alike_hardly_anybody_is_short_or_strong() -> None:
    for seed in range(5):
        found = judged(np.full(AGENTS, 0.05), items=24, seed=seed)
        assert sum(row["is_short"] or row["is_strong"] for row in found) <= 0.01 * AGENTS


def test_one_unlucky_form_is_no_weakness() -> None:
    """Three of ten missed, where colleagues hardly differ, is chance; five of twenty is not."""
    shares = np.full(60, 0.05)
    shares[0] = 0.4
    found = judged(shares, items=10)
    assert found[0]["steadied_share"] < found[0]["miss_share"]
    assert all(row["misses"] > 10 * 0.05 for row in found if row["is_short"])
