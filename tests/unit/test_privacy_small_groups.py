"""On the page of tiers no small count can be read off, nor worked out from all other numbers of that page together."""

from __future__ import annotations

from collections import Counter

import duckdb
import numpy as np

from tests.model_sql import Project, database, put, rows

BEFORE, NOW = "2026-01-01", "2026-04-01"
TIERS = ("high", "mid", "low", "not_enough_evidence", "new_starter")
JUDGED = TIERS[:3]
LEAST = 5
Line = tuple[tuple[tuple[str, str], ...], int]
"""Cells of the transition (tier before, tier now) whose sum a reader knows."""


def put_people(found: duckdb.DuckDBPyConnection, people: list[tuple[str, str]]) -> None:
    """Tiers of everybody before and now; not_here where there was none."""
    windows = [
        {"window_kind": "quarter", "window_start": day, "window_end": day, "position": place, "is_current": day == NOW}
        for place, day in enumerate((BEFORE, NOW), start=1)
    ]
    put(
        found, "int_window", windows,
        "window_kind varchar, window_start date, window_end date, position bigint, is_current boolean",
    )  # fmt: skip
    rules = [{"window_kind": "quarter", "window_start": day, "group_min_people": float(LEAST)} for day in (BEFORE, NOW)]
    put(found, "int_rule", rules, "window_kind varchar, window_start date, group_min_people double")
    tiers = [
        {
            "window_kind": "quarter", "window_start": day, "window_end": day, "is_current": day == NOW,
            "agent_id": f"a{number:03d}", "team_id": "t", "tier": tier, "rule_tier": tier, "quantile_tier": tier,
            "raw_quantile_tier": tier, "score": 70.0, "score_sd": 5.0, "p_flip": 0.2,
        }
        for number, pair in enumerate(people)
        for day, tier in zip((BEFORE, NOW), pair, strict=True)
        if tier != "not_here"
    ]  # fmt: skip
    put(
        found, "fct_tier", tiers,
        "window_kind varchar, window_start date, window_end date, is_current boolean, agent_id varchar, "
        "team_id varchar, tier varchar, rule_tier varchar, quantile_tier varchar, raw_quantile_tier varchar, "
        "score double, score_sd double, p_flip double",
    )  # fmt: skip


def told(people: list[tuple[str, str]]) -> tuple[dict[tuple[str, str], int | None], list[Line]]:
    """Shown cells of the transition, and every sum of cells that the page tells."""
    with database() as found:
        put_people(found, people)
        for model in ("fct_tier_count", "fct_tier_transition", "fct_tier_change"):
            Project().build(found, model)
        cells = rows(found, "select * from fct_tier_transition")
        counts = rows(found, "select * from fct_tier_count")
        changes = rows(found, "select * from fct_tier_change")
    shown = {(row["previous_tier"], row["tier"]): row["people"] for row in cells}
    everywhere = tuple(shown)
    lines: list[Line] = []
    for row in counts:
        is_now = str(row["window_start"]) == NOW
        line = tuple(cell for cell in everywhere if cell[is_now] == row["tier"])
        if row["people"] is not None:
            lines.append((line, row["people"]))
        here = tuple(cell for cell in everywhere if cell[is_now] != "not_here")
        lines.append((here, row["people_in_all"]))
    for row in changes:
        judged = tuple(cell for cell in everywhere if cell[0] in JUDGED and cell[1] in JUDGED)
        lines.append((judged, row["people"]))
        if row["changed"] is not None:
            lines.append((tuple(cell for cell in judged if cell[0] != cell[1]), row["changed"]))
    return shown, lines


def worked_out(shown: dict[tuple[str, str], int | None], lines: list[Line]) -> list[tuple[str, str]]:
    """Hidden cells that the sums fix exactly: by linear algebra, and by narrowing bounds until nothing moves."""
    hidden = [cell for cell, people in shown.items() if people is None]
    if not hidden:
        return []
    left = [
        (
            np.array([float(cell in line) for cell in hidden]),
            total - sum(shown[cell] or 0 for cell in line if cell in shown),
        )
        for line, total in lines
    ]
    matrix = np.array([row for row, _ in left])
    rank = np.linalg.matrix_rank(matrix)
    found = {
        cell
        for place, cell in enumerate(hidden)
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(hidden))[place]])) == rank
    }
    most = sum(people for _, people in lines)
    low, high = dict.fromkeys(hidden, 1), dict.fromkeys(hidden, most)  # only cells with somebody in them are listed
    for _ in range(30):
        for row, total in left:
            line = [cell for cell, is_in in zip(hidden, row, strict=True) if is_in]
            for cell in line:
                low[cell] = max(low[cell], total - sum(high[other] for other in line if other != cell))
                high[cell] = min(high[cell], total - sum(low[other] for other in line if other != cell))
    return sorted(found | {cell for cell in hidden if low[cell] == high[cell]})


def test_the_attack_finds_what_a_careless_table_gives_away() -> None:
    shown = {("high", "high"): 20, ("high", "mid"): None}
    assert worked_out(shown, [((("high", "high"), ("high", "mid")), 22)]) == [("high", "mid")]


def test_who_changed_tells_nothing_of_a_hidden_count_of_those_who_stayed() -> None:
    """All who stayed but one group are shown; their sum is everybody less those who changed."""
    stayed = {("high", "high"): 30, ("mid", "mid"): 40, ("low", "low"): 3}
    changed = {("high", "mid"): 8, ("mid", "high"): 9, ("mid", "low"): 4, ("low", "mid"): 3, ("low", "high"): 2}
    pairs = Counter(stayed | changed | {("high", "low"): 3})
    shown, lines = told(list(pairs.elements()))
    assert shown["low", "low"] is None
    assert worked_out(shown, lines) == []


def test_no_small_count_of_a_tier_can_be_worked_out_from_the_others() -> None:
    """Forty centres: shown counts, the number of all people and the number of the hidden ones are known."""
    for seed in range(40):
        draw = np.random.default_rng(seed)
        size = int(draw.choice((14, 30, 60, 150)))
        tiers = [str(tier) for tier in draw.choice(TIERS, size, p=draw.dirichlet(np.full(5, 0.6)))]
        with database() as found:
            put_people(found, [(tier, tier) for tier in tiers])
            Project().build(found, "fct_tier_count")
            counts = rows(found, f"select * from fct_tier_count where window_start = '{NOW}'")
        hidden = {str(row["tier"]): tiers.count(str(row["tier"])) for row in counts if row["people"] is None}
        small = [tier for tier, people in hidden.items() if 0 < people < LEAST]
        shown = [int(row["people"]) for row in counts if row["people"] is not None]
        assert all(people == 0 or people >= LEAST for people in shown)
        assert len(tiers) < LEAST or not small or (len(hidden) > 1 and sum(hidden.values()) >= LEAST)
