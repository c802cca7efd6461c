"""The talent quadrant (METHOD.md section 6): what engagement rests on, when it is shown, how sure a quadrant is."""

from __future__ import annotations

from math import sqrt
from statistics import mean, variance
from typing import Any

import numpy as np
import pytest

from tests.method.engine_tables import WINDOW, reference, reference_rows
from tests.method.talent_tables import item_rows, put_items, put_observations, put_windows
from tests.model_sql import Project, database, put, rows

ALPHA = reference("cronbach")["expected"]["alpha"]
QUADRANTS = ("lead", "unblock", "develop", "restart")


def _reference_items() -> list[dict[str, Any]]:
    people = reference_rows("alpha_items.csv")
    return item_rows({f"a{place:02d}": {k: float(v) for k, v in row.items()} for place, row in enumerate(people)})


@pytest.mark.parametrize(("needed", "state", "rated"), [(0.7, "items_disagree", 0), (0.69, "shown", 60)])
def test_items_that_do_not_measure_one_thing_show_nobody(needed: float, state: str, rated: int) -> None:
    """Reference set cronbach: .6925 misses .70, and then the axis is shown for nobody."""
    with database() as found:
        put_windows(found, rules={"engagement_alpha": needed})
        put_items(found, _reference_items())
        Project().build(found, "fct_engagement_axis")
        (axis,) = rows(found, "select * from fct_engagement_axis")
        averages = rows(found, "select engagement_average from int_engagement where engagement_average is not null")
    assert axis["alpha"] == pytest.approx(ALPHA, abs=1e-9)
    assert (axis["state"], axis["people_rated"], axis["people_checked"], axis["items"]) == (state, rated, 60, 4)
    assert len(averages) == 60


def test_with_the_same_items_for_all_an_average_is_steadied_by_exactly_alpha() -> None:
    people = reference_rows("alpha_items.csv")
    averages = [mean(float(v) for v in row.values()) for row in people]
    with database() as found:
        put_windows(found, rules={"engagement_alpha": 0.6})
        put_items(found, _reference_items())
        Project().build(found, "int_engagement")
        scores = rows(found, "select * from int_engagement order by agent_id")
    error = (1 - ALPHA) * variance(averages)
    for average, score in zip(averages, scores, strict=True):
        assert score["engagement_score"] == pytest.approx(mean(averages) + ALPHA * (average - mean(averages)), abs=1e-9)
        assert score["engagement_sd"] == pytest.approx(sqrt(ALPHA * error + (1 - ALPHA) ** 2 * variance(averages) / 60))


def test_two_items_make_no_rating_and_a_gap_is_not_a_zero() -> None:
    scores = {f"a{i}": dict.fromkeys(("one", "two", "three"), 70.0 + i) for i in range(12)}
    del scores["a11"]["three"]
    with database() as found:
        put_windows(found)
        put_items(found, item_rows(scores))
        Project().build(found, "int_engagement")
        by_agent = {row["agent_id"]: row for row in rows(found, "select * from int_engagement")}
    assert by_agent["a11"]["engagement_average"] is None
    assert by_agent["a11"]["engagement_score"] is None
    assert by_agent["a11"]["engagement_sd"] is None
    assert by_agent["a10"]["engagement_average"] == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("people", "items", "state"),
    [(9, 3, "too_few_people"), (10, 3, "shown"), (30, 2, "too_few_items"), (0, 0, "too_few_items")],
)
def test_alpha_needs_people_and_items_and_a_window_without_any_says_so(people: int, items: int, state: str) -> None:
    scores = {f"a{i:02d}": {f"item{j}": 60.0 + i for j in range(items)} for i in range(people)}
    with database() as found:
        put_windows(found)
        put_items(found, item_rows(scores))
        Project().build(found, "fct_engagement_axis")
        assert [row["state"] for row in rows(found, "select state from fct_engagement_axis")] == [state]


def test_the_interval_of_engagement_holds_the_truth_and_noise_is_no_axis() -> None:
    """60 agents, 4 items known more or less well, 20 quarters: 90 % intervals hold the true level in 86 to 94 %."""
    draw = np.random.default_rng(7)
    starts = [f"20{year:02d}-0{month}-01" for year in range(10, 20) for month in (1, 4)]
    truth, found_rows = {}, []
    for start in starts:
        for i in range(60):
            level, chance = float(draw.normal(80, 10)), float(draw.choice((1.0, 5.0, 9.0)))
            truth[start, f"a{i}"] = level
            items = level + draw.normal(0, 6, 4) + draw.normal(0, chance, 4)
            found_rows += item_rows({f"a{i}": dict(zip("abcd", map(float, items), strict=True))}, chance**2, start)
    unrelated = {f"a{i}": {item: float(draw.normal(80, 13)) for item in "abcd"} for i in range(60)}
    noise = item_rows(unrelated, start="2030-01-01")
    with database() as found:
        put_windows(found, [*starts, "2030-01-01"])
        put_items(found, found_rows + noise)
        Project().build(found, "fct_engagement_axis")
        states = {str(row["window_start"]): row["state"] for row in rows(found, "select * from fct_engagement_axis")}
        scores_found = rows(found, "select * from int_engagement where engagement_score is not null")
    assert states.pop("2030-01-01") == "items_disagree"
    assert set(states.values()) == {"shown"}
    held = [
        abs(row["engagement_score"] - truth[str(row["window_start"]), row["agent_id"]]) <= 1.645 * row["engagement_sd"]
        for row in scores_found
    ]
    assert len(held) == 1200
    assert 0.86 < mean(held) < 0.94


def _quadrants(*people: dict[str, Any]) -> list[dict[str, Any]]:
    with database() as found:
        put_windows(found)
        keyed = [{**WINDOW, "agent_id": f"a{place}", **person} for place, person in enumerate(people)]
        keys = "window_kind varchar, window_start date, agent_id varchar, "
        put(found, "fct_tier", [{"tier": "mid", **row} for row in keyed], keys + "tier varchar")
        put(found, "int_ability", keyed, keys + "ability_score double, ability_sd double")
        rated = [{"items": 4, **row} for row in keyed]
        put(found, "int_engagement", rated, keys + "engagement_score double, engagement_sd double, items bigint")
        Project().build(found, "fct_quadrant")
        return rows(found, "select * from fct_quadrant order by agent_id")


def test_probabilities_of_the_quadrants_are_products_of_two_normal_tails() -> None:
    """Reference set quadrant. Named only from .60 on: .573 and .471 are not enough, .99999 and .656 are."""
    content = reference("quadrant")
    names = ("ability_score", "ability_sd", "engagement_score", "engagement_sd")
    people = [dict(zip(names, map(float, row[:4]), strict=True)) for row in content["inputs"]["rows"]]
    found = _quadrants(*people)
    for row, expected in zip(found, content["expected"]["rows"], strict=True):
        assert [row[f"p_{code}"] for code in QUADRANTS] == pytest.approx(list(expected.values()), abs=1e-9)
        assert sum(row[f"p_{code}"] for code in QUADRANTS) == pytest.approx(1, abs=4e-9)
    assert [row["quadrant"] for row in found] == ["between", "between", "lead", "restart"]
    assert [row["action"] for row in found] == [None, None, "widen_responsibility", "one_small_plan"]
    assert [row["p_named"] is None for row in found] == [True, True, False, False]


def test_the_tail_itself_reproduces_the_reference_to_its_own_tolerance() -> None:
    content = reference("quadrant")
    project = Project()
    with database() as found:
        for row, expected in zip(content["inputs"]["rows"], content["expected"]["rows"], strict=True):
            able, able_sd, keen, keen_sd, able_cut, keen_cut = map(float, row)
            (tail,) = rows(
                found,
                project.sql(
                    "select {{ norm_cdf('za') }} as pa, {{ norm_cdf('ze') }} as pe from (select "
                    f"{{{{ distance_above('{able}', '{able_sd}', '{able_cut}') }}}} as za, "
                    f"{{{{ distance_above('{keen}', '{keen_sd}', '{keen_cut}') }}}} as ze)"
                ),
            )
            pa, pe = tail["pa"], tail["pe"]
            products = [pa * pe, pa * (1 - pe), (1 - pa) * pe, (1 - pa) * (1 - pe)]
            assert products == pytest.approx(list(expected.values()), abs=content["tolerance"])


def test_whoever_has_no_tier_or_no_rating_has_no_place_and_no_probability() -> None:
    known = {"ability_score": 90.0, "ability_sd": 1.0, "engagement_score": 90.0, "engagement_sd": 1.0}
    found = _quadrants(
        {**known, "tier": "new_starter"},
        {**known, "tier": "not_enough_evidence"},
        {**known, "engagement_score": None, "engagement_sd": None},
        {**known, "tier": "low"},
    )
    assert [row["quadrant"] for row in found] == ["new_starter", "not_enough_evidence", "not_rated", "lead"]
    said = ("p_", "ability_s", "ability_l", "engagement_s", "engagement_l")
    for row in found[:3]:
        assert {row[name] for name in row if name.startswith(said)} == {None}


def test_mirroring_both_axes_swaps_the_quadrants() -> None:
    above, below = _quadrants(
        {"ability_score": 84.0, "ability_sd": 3.0, "engagement_score": 73.0, "engagement_sd": 6.0},
        {"ability_score": 76.0, "ability_sd": 3.0, "engagement_score": 67.0, "engagement_sd": 6.0},
    )
    mirrored = {"lead": "restart", "unblock": "develop", "develop": "unblock", "restart": "lead"}
    for code, other in mirrored.items():
        assert above[f"p_{code}"] == pytest.approx(below[f"p_{other}"], abs=2e-9)


def test_engagement_reads_five_honest_sources_and_no_other() -> None:
    """Lateness, adherence and the agent's own view have no way in; a day of absence only takes an offer out."""
    _, parents = Project().model("int_engagement_observation")
    assert set(parents) == {
        "int_window_month", "int_training_seat", "int_workday", "stg_coaching_log", "stg_qa_scores", "fct_calibration",
        "int_evaluation", "int_rating",
    }  # fmt: skip
    chain = [f"int_engagement{part}" for part in ("_amount", "_item", "_average", "_axis", "")]
    allowed = {*chain, "int_engagement_observation", "int_agent_window", "int_window", "int_rule"}
    assert {parent for name in chain for parent in Project().model(name)[1]} <= allowed


def _observations(seed: int) -> dict[tuple[str, str], list[float]]:
    """40 agents, each with a level: leader and three colleagues, forms, offers and goals in differing numbers."""
    draw = np.random.default_rng(seed)
    found: dict[tuple[str, str], list[float]] = {}
    for i in range(40):
        level, agent = float(draw.normal()), f"a{i:02d}"
        found["leader_rating", agent] = [75 + 6 * level + float(draw.normal(0, 4))]
        found["peer_rating", agent] = [75 + 6 * level + float(draw.normal(0, 5)) for _ in range(3 if i else 2)]
        found["attitude", agent] = [85 + 3 * level + float(draw.normal(0, 8)) for _ in range(draw.integers(6, 16))]
        chance = min(0.95, max(0.05, 0.6 + 0.25 * level))
        found["coaching_actions", agent] = [100.0 * (draw.random() < chance) for _ in range(draw.integers(1, 13))]
        if i < 15:
            found["voluntary_training", agent] = [100.0 * (draw.random() < chance)]
    return found


def _built(found: dict[tuple[str, str], list[float]], disagreed: str = "") -> dict[str, list[dict[str, Any]]]:
    with database() as connection:
        put_windows(connection)
        put_observations(connection, found, disagreed)
        Project().build(connection, "fct_engagement_item", "fct_engagement_axis")
        return {
            "items": rows(connection, "select * from fct_engagement_item order by item, agent_id"),
            "axis": rows(connection, "select * from fct_engagement_axis"),
            "scores": rows(connection, "select * from int_engagement order by agent_id"),
        }


def test_an_item_counts_only_when_it_is_common_agreed_and_tells_people_apart() -> None:
    found = _observations(3)
    built = _built(found)
    status = {row["item"]: row["status"] for row in built["items"]}
    assert status == {
        "attitude": "counts", "coaching_actions": "counts", "leader_rating": "counts", "peer_rating": "counts",
        "voluntary_training": "too_few_people",
    }  # fmt: skip
    assert ("peer_rating", "a00") not in {(row["item"], row["agent_id"]) for row in built["items"]}
    disagreed = {row["item"]: row for row in _built(found, "attitude")["items"]}
    assert disagreed["attitude"]["status"] == "graders_not_agreed"
    assert disagreed["attitude"]["raw_percent"] is None
    alike = {**found, **{("leader_rating", f"a{i:02d}"): [80.0] for i in range(40)}}
    assert {row["status"] for row in _built(alike)["items"] if row["item"] == "leader_rating"} == {"no_spread"}


def test_scores_run_through_the_anchors_of_their_item() -> None:
    items = [row for row in _built(_observations(4))["items"] if row["score"] is not None]
    assert len(items) > 120
    for row in items:
        target, side = row["target_percent"], row["fair_percent"] - row["target_percent"]
        reach = row["excellent_percent"] - target if side >= 0 else target - row["minimum_percent"]
        assert row["score"] == pytest.approx(min(100, max(0, 80 + 20 * side / reach)), abs=1e-6)


def test_fewer_observations_leave_more_doubt() -> None:
    """Same forms and goals of one agent, once each and ten times each."""
    found = _observations(4)
    sds = []
    for times in (1, 10):
        found["coaching_actions", "a05"] = [0.0, 100.0] * times
        found["attitude", "a05"] = [80.0, 90.0] * times
        sds.append({row["agent_id"]: row["engagement_sd"] for row in _built(found)["scores"]}["a05"])
    assert sds[0] > sds[1] + 0.2


def test_the_order_of_rows_and_the_names_of_agents_decide_nothing() -> None:
    found = _observations(5)
    items = list(found.items())
    shuffled = [items[place] for place in np.random.default_rng(1).permutation(len(items))]
    renamed = {(item, f"z{99 - int(agent[1:])}"): percents[::-1] for (item, agent), percents in shuffled}
    first, second = _built(found)["scores"], _built(renamed)["scores"]
    assert first[0]["state"] == "shown"
    assert [row["engagement_score"] for row in first] == pytest.approx(
        [row["engagement_score"] for row in reversed(second)], abs=1e-9, nan_ok=False
    )


def test_adherence_changes_nothing_about_ability() -> None:
    def ability(points: float) -> list[dict[str, Any]]:
        kpi = {
            **WINDOW, "peer": "p", "role": "r", "weight": 0.2, "slope": 2.0, "reliability": 0.8, "tau2": 4.0, "n": 9,
            "no_reference_share": 0.0, "points_sd": 3.0, "points_plain": 70.0, "points_adjusted": 70.0,
            "points_raw": 70.0,
        }  # fmt: skip
        people = [
            {**kpi, "agent_id": agent, "kpi_id": kpi_id, "points": points if kpi_id == "adherence" else level}
            for agent, level in (("a", 70.0), ("b", 90.0))
            for kpi_id in ("adherence", "qa_score", "csat_mean")
        ]
        joint = [{**WINDOW, "kpi_id": "qa_score", "other_kpi_id": "csat_mean", "covariance": 1.0}]
        with database(int_kpi_points=people, int_kpi_covariance=joint) as found:
            Project().build(found, "int_ability")
            return rows(found, "select * from int_ability order by agent_id")

    assert ability(0.0) == ability(100.0)
    assert len(ability(50.0)) == 2
