"""On the page of tiers no small count can be read off, nor worked out from all other numbers of that page together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import duckdb
import numpy as np

from tests.model_sql import Project, database, put, rows

BEFORE, NOW = "2026-01-01", "2026-04-01"
TIERS = ("high", "mid", "low", "not_enough_evidence", "new_starter")
JUDGED = TIERS[:3]
LEAST = 5
CODES = (*TIERS, "not_here")
GRID = [(old, new) for old in CODES for new in CODES if (old, new) != ("not_here", "not_here")]
Line = tuple[tuple[tuple[str, str], ...], int, int]
"""Cells (tier before, tier now) with the least and the most that a reader knows their sum to be."""


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


def told(people: list[tuple[str, str]]) -> list[Line]:
    """Every sum of cells that the page tells, with the least and the most it can be."""
    with database() as found:
        put_people(found, people)
        for model in ("fct_tier_count", "fct_tier_transition", "fct_tier_change"):
            Project().build(found, model)
        ways = rows(found, "select * from fct_tier_transition")
        counts = rows(found, "select * from fct_tier_count")
        changes = rows(found, "select * from fct_tier_change")
    lines: list[Line] = [(((way["previous_tier"], way["tier"]),), *_ends(way)) for way in ways]
    for row in counts:
        is_now = str(row["window_start"]) == NOW
        if row["people"] is not None:
            lines.append((_cells(lambda cell: cell[is_now] == row["tier"]), row["people"], row["people"]))  # noqa: B023
        lines.append((_cells(lambda cell: cell[is_now] != "not_here"), row["people_in_all"], row["people_in_all"]))  # noqa: B023
    for row in changes:
        judged = _cells(lambda cell: cell[0] in JUDGED and cell[1] in JUDGED)
        changed = tuple(cell for cell in judged if cell[0] != cell[1])
        most = LEAST - 1 if row["changed"] is None else row["changed"]
        lines += [(judged, row["people"], row["people"]), (changed, 1 if row["changed"] is None else most, most)]
    return lines


def _cells(is_in: Callable[[tuple[str, str]], bool]) -> tuple[tuple[str, str], ...]:
    return tuple(cell for cell in GRID if is_in(cell))


def _ends(way: Mapping[str, int | None]) -> tuple[int, int]:
    """What a rounded number can have been."""
    least, step, people = way["least_people"], way["rounded_to"], way["people_rounded"]
    assert least
    assert step
    return (0, least - 1) if people is None else (max(least, people - step // 2), people + step // 2)


def worked_out(lines: list[Line]) -> list[tuple[str, str]]:
    """Cells that the sums fix exactly: by linear algebra, and by narrowing bounds until nothing moves."""
    matrix = np.array([[float(cell in line) for cell in GRID] for line, least, most in lines if least == most])
    rank = np.linalg.matrix_rank(matrix)
    found = {
        cell
        for place, cell in enumerate(GRID)
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(GRID))[place]])) == rank
    }
    low, high = dict.fromkeys(GRID, 0), dict.fromkeys(GRID, max(most for _, _, most in lines))
    before = None
    while before != (before := (dict(low), dict(high))):
        for line, least, most in lines:
            for cell in line:
                others = [other for other in line if other != cell]
                low[cell] = max(low[cell], least - sum(high[other] for other in others))
                high[cell] = min(high[cell], most - sum(low[other] for other in others))
    return sorted(found | {cell for cell in GRID if low[cell] == high[cell]})


def centre_of(seed: int) -> list[tuple[str, str]]:
    """An invented centre: most people stay, some lose or gain a tier, some come and go."""
    draw = np.random.default_rng(seed)
    chances = np.array([
        [0.80, 0.15, 0.01, 0.01, 0, 0.03], [0.08, 0.80, 0.06, 0.02, 0, 0.04], [0.02, 0.20, 0.68, 0.03, 0, 0.07],
        [0.10, 0.30, 0.10, 0.45, 0, 0.05], [0.10, 0.50, 0.20, 0.20, 0, 0.00], [0.00, 0.00, 0.00, 0.10, 0.9, 0.00],
    ])  # fmt: skip
    before = draw.choice(6, int(draw.choice((40, 60, 100, 200, 500, 1000))), p=(0.25, 0.45, 0.15, 0.08, 0.04, 0.03))
    return [(CODES[old], CODES[int(draw.choice(6, p=chances[old]))]) for old in before]


def test_the_attack_finds_what_a_careless_table_gives_away() -> None:
    stays, moves = ("high", "high"), ("high", "mid")
    rest = tuple(cell for cell in GRID if cell not in {stays, moves})
    careless = [((stays,), 20, 20), ((stays, moves), 22, 22), (rest, 30, 30)]
    assert worked_out(careless) == [stays, moves]
    assert worked_out([((stays,), 18, 22), ((stays, moves), 22, 22), (rest, 30, 30)]) == []


def test_no_small_count_of_people_who_moved_can_be_worked_out_from_the_whole_page() -> None:
    """Twenty-four centres; an exact search by integer programming found none in 1,600 that are told any way."""
    told_of = 0
    for seed in range(24):
        people = centre_of(seed)
        truth, lines = Counter(people), told(people)
        told_of += any(len(line) == 1 for line, _, _ in lines)
        assert [cell for cell in worked_out(lines) if 0 < truth[cell] < LEAST] == [], seed
    assert told_of > 12


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
