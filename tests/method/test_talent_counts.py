"""Counts per quadrant on broad pages: no count of few people can be read off, nor worked out from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.method.engine_tables import WINDOW
from tests.method.talent_tables import put_windows
from tests.model_sql import Project, database, put, rows

CODES = ("lead", "unblock", "develop", "restart", "between", "not_rated", "not_enough_evidence", "new_starter")


def _counts(people: Sequence[tuple[str | None, str]]) -> list[dict[str, Any]]:
    keys = "window_kind varchar, window_start date, agent_id varchar, "
    with database() as found:
        put_windows(found)
        placed = [
            {**WINDOW, "agent_id": f"a{i:03d}", "team_id": team, "quadrant": code}
            for i, (team, code) in enumerate(people)
        ]
        put(found, "fct_quadrant", placed, keys + "quadrant varchar")
        put(found, "int_agent_window", placed, keys + "team_id varchar")
        Project().build(found, "fct_quadrant_count")
        return rows(found, "select * from fct_quadrant_count order by grain, entity_id, quadrant")


def _of(found: list[dict[str, Any]], entity: str) -> dict[str, int | None]:
    return {row["quadrant"]: row["people"] for row in found if row["entity_id"] == entity}


def _centre(**people: int) -> dict[str, int | None]:
    return _of(_counts([(None, code) for code, count in people.items() for _ in range(count)]), "centre")


def _hidden(**people: int) -> set[str]:
    return {code for code, count in _centre(**people).items() if count is None}


def test_large_counts_and_zeros_are_shown() -> None:
    people = {"lead": 30, "develop": 20, "between": 50}
    assert _centre(**people) == {**dict.fromkeys(CODES, 0), **people}


def test_a_small_count_takes_another_with_it_so_that_subtraction_finds_nothing() -> None:
    assert _hidden(lead=30, restart=2, develop=20, between=50) == {"develop", "restart"}


def test_two_small_counts_hide_each_other_only_when_they_are_enough_people_together() -> None:
    assert _hidden(lead=30, restart=2, unblock=4) == {"restart", "unblock"}
    assert _hidden(lead=30, restart=2, unblock=2) == {"lead", "restart", "unblock"}


def test_five_counts_of_one_person_do_not_give_each_other_away() -> None:
    assert "between" in _hidden(lead=1, unblock=1, develop=1, restart=1, not_rated=1, between=30)


def test_a_team_too_small_is_not_there_and_one_of_a_single_quadrant_says_nothing() -> None:
    people = [("small", "lead")] * 4 + [("alike", "develop")] * 8
    for team, each in (("big", 9), ("other", 7), ("third", 20)):
        people += [(team, "lead")] * each + [(team, "develop")] * each
    found = _counts(people)
    assert {row["entity_id"] for row in found} == {"centre", "alike", "big", "other", "third"}
    assert set(_of(found, "alike").values()) == {None}
    assert _of(found, "third")["lead"] == 20
    assert _of(found, "centre")["develop"] == 44


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_count_of_a_team_can_be_worked_out(seed: int) -> None:
    """The attacker knows every shown count and every total, and that zeros are shown; narrows until nothing moves."""
    draw = np.random.default_rng(seed)
    teams, chances = [f"t{i}" for i in range(draw.integers(2, 8))], draw.dirichlet(np.ones(len(CODES)))
    people: list[tuple[str, str]] = []
    for team in teams:
        people += [(team, str(code)) for code in draw.choice(CODES, draw.choice((3, 8, 12, 25, 60)), p=chances)]
    found = _counts(people)
    truth = Counter(people)
    table = {(row["entity_id"], row["quadrant"]): row["people"] for row in found}
    listed = {row["entity_id"] for row in found}
    with_zeros = {team for team in teams if any(table.get((team, code)) == 0 for code in CODES)}
    low, high = {}, {}
    for team in teams:
        for code in CODES:
            shown = table.get((team, code))
            low[team, code] = shown if shown is not None else int(team in with_zeros)
            high[team, code] = shown if shown is not None else len(people)
    lines = [[(team, code) for code in CODES] for team in teams if team in listed]
    lines += [[(team, code) for team in teams] for code in CODES if table["centre", code] is not None]
    for _ in range(20):
        for line in lines:
            total = sum(truth[cell] for cell in line)
            for cell in line:
                low[cell] = max(low[cell], total - sum(high[other] for other in line if other != cell))
                high[cell] = min(high[cell], total - sum(low[other] for other in line if other != cell))
    known = [cell for cell in low if truth[cell] and table.get(cell) is None and low[cell] == high[cell]]
    assert known == []
    assert all(count is None or count == 0 or count >= 5 for count in table.values())
