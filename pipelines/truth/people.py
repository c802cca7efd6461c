"""Labels of people against what they truly are: wrong tiers, changes without a reason, new starters.

Belongs here: true scores on the standards in force, and counting labels of several rules against them. Does not belong
here: the rule of this site (`dbt_project`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from pipelines import warehouse
from pipelines.truth.table import Count

TIERS = ("low", "mid", "high")
LOW_SHARE, HIGH_SHARE = 0.20, 0.80
"""Usual practice: the lowest fifth is low, the highest fifth is high."""
HARDLY_POINTS = 2.0
"""A true score that moved by no more from one quarter to the next has not really changed."""

_QUERY = """
with standing as (
    select
        *,
        -- of times: what is adjusted is the centre's value by the ratio of observed to expected
        adjusted_value * expected_value / nullif(value, 0e0) as centre_value
    from read_parquet($1 || '/fct_standing.parquet')
    where window_kind = 'quarter' and weight is not null
),

tiers as (
    select * from read_parquet($1 || '/fct_tier.parquet')
    where window_kind = 'quarter'
),

anchors as (
    select
        standing.window_start,
        tiers.role,
        standing.kpi_id,
        any_value(standing.weight) as weight,
        any_value(standing.minimum) as minimum,
        any_value(standing.target) as target,
        any_value(standing.excellent) as excellent,
        case when any_value(standing.basis) = 'ratio' then median(standing.centre_value) else 1e0 end as unit_value
    from standing
    inner join tiers using (agent_id, window_start)
    group by standing.window_start, tiers.role, standing.kpi_id
),

truth as (
    select
        agent_id,
        make_date(cast(left(quarter, 4) as integer), 3 * cast(right(quarter, 1) as integer) - 2, 1) as window_start,
        kpi_id,
        true_value,
        is_new_starter
    from read_csv(
        $2 || '/kpis.csv', types = {'true_value': 'double', 'is_new_starter': 'boolean', 'quarter': 'varchar'}
    )
),

pointed as (
    select
        truth.agent_id,
        truth.window_start,
        truth.is_new_starter,
        anchors.weight,
        truth.true_value / anchors.unit_value as x,
        anchors.minimum,
        anchors.target,
        anchors.excellent,
        case
            when (x - target) * (excellent - target) >= 0e0 then 80e0 + 20e0 * (x - target) / (excellent - target)
            else 80e0 + 20e0 * (x - target) / (target - minimum)
        end as points
    from truth
    inner join tiers using (agent_id, window_start)
    inner join anchors
        on truth.window_start = anchors.window_start and tiers.role = anchors.role and truth.kpi_id = anchors.kpi_id
),

scored as (
    select
        agent_id,
        window_start,
        bool_or(is_new_starter) as is_new_starter,
        sum(weight * greatest(0e0, least(100e0, points))) / sum(weight) as true_score,
        sum(weight) as weight
    from pointed
    group by agent_id, window_start
),

plain as (
    select
        agent_id,
        window_start,
        sum(weight * points_raw) / sum(weight) as raw_score,
        sum(weight * points_adjusted) / sum(weight) as adjusted_score
    from standing
    where points_raw is not null
    group by agent_id, window_start
)

select
    tiers.agent_id,
    tiers.window_start,
    scored.is_new_starter,
    scored.true_score,
    tiers.tier,
    tiers.score,
    plain.raw_score,
    plain.adjusted_score,
    tiers.tier_low_cut,
    tiers.tier_high_cut
from tiers
inner join scored using (agent_id, window_start)
inner join plain using (agent_id, window_start)
-- who has no work for most of the weight (outbound) can have no true tier either
where scored.weight > 0.9e0
order by tiers.window_start, tiers.agent_id
"""


@dataclass(frozen=True)
class Judged:
    """One agent and quarter: the truth, the label given, and the scores that other rules would use."""

    agent_id: str
    quarter: date
    is_new_starter: bool
    true_score: float
    tier: str
    score: float
    raw_score: float
    adjusted_score: float
    low_cut: float
    high_cut: float

    def cut(self, score: float) -> str:
        """Tier of a score against the cut-offs."""
        return "low" if score < self.low_cut else "high" if score >= self.high_cut else "mid"


def judged_people(marts: Path, truth: Path, left_out: Iterable[str]) -> list[Judged]:
    """Every agent and quarter with a true tier, without those whose figures are bent on purpose."""
    rows = warehouse.read(_QUERY, [str(marts), str(truth)])
    spared = set(left_out)
    return [found for row in rows if (found := Judged(*row)).agent_id not in spared]  # type: ignore[arg-type]


def count_people(everybody: Sequence[Judged]) -> dict[str, Count]:
    """All counts about tiers. A rule that ranks is held to the true ranks, a rule with cut-offs to the true tiers."""
    people = [one for one in everybody if not one.is_new_starter]
    starters = [one for one in everybody if one.is_new_starter and one.cut(one.true_score) == "low"]
    truth = {_key(one): one.cut(one.true_score) for one in people}
    true_rank = _ranked(people, lambda one: one.true_score)
    product = {_key(one): one.tier for one in people}
    raw = _ranked(people, lambda one: one.raw_score)
    adjusted = _ranked(people, lambda one: one.adjusted_score)
    steadied = _ranked(people, lambda one: one.score)
    cut = {_key(one): one.cut(one.score) for one in people}
    return {
        "low_wrong_product": _wrong(product, truth, "low"),
        "low_wrong_raw_rank": _wrong(raw, true_rank, "low"),
        "low_wrong_raw_rank_by_cut": _wrong(raw, truth, "low"),
        "low_wrong_adjusted_rank": _wrong(adjusted, true_rank, "low"),
        "low_wrong_steadied_rank": _wrong(steadied, true_rank, "low"),
        "low_wrong_steadied_cut": _wrong(cut, truth, "low"),
        "high_wrong_product": _wrong(product, truth, "high"),
        "high_wrong_raw_rank": _wrong(raw, true_rank, "high"),
        "low_found": _found(product, truth, "low"),
        "high_found": _found(product, truth, "high"),
        "undecided": Count(sum(tier not in TIERS for tier in product.values()), len(product)),
        "flips_product": _flips(product, _unmoved(people, truth)),
        "flips_same_tier": _flips(product, _pairs(truth)),
        "flips_raw_rank": _flips(raw, _unmoved(people, true_rank)),
        "starters_low": Count(sum(one.tier == "low" for one in starters), len(starters)),
    }


Key = tuple[str, date]


def _key(one: Judged) -> Key:
    return one.agent_id, one.quarter


def _ranked(people: Sequence[Judged], score: Callable[[Judged], float]) -> dict[Key, str]:
    """Labels by rank within each quarter: the lowest fifth is low, the highest fifth is high."""
    found: dict[Key, str] = {}
    for quarter in {one.quarter for one in people}:
        ordered = sorted((one for one in people if one.quarter == quarter), key=lambda one: (score(one), one.agent_id))
        for place, one in enumerate(ordered):
            rank = place / len(ordered)
            found[_key(one)] = "low" if rank < LOW_SHARE else "high" if rank >= HIGH_SHARE else "mid"
    return found


def _wrong(given: dict[Key, str], true: dict[Key, str], tier: str) -> Count:
    """Labels of a tier that are not true."""
    labelled = [key for key, label in given.items() if label == tier]
    return Count(sum(true[key] != tier for key in labelled), len(labelled))


def _found(given: dict[Key, str], true: dict[Key, str], tier: str) -> Count:
    """Those truly of a tier who carry its label."""
    theirs = [key for key, label in true.items() if label == tier]
    return Count(sum(given[key] == tier for key in theirs), len(theirs))


def _pairs(true: Mapping[Key, str]) -> list[tuple[Key, Key]]:
    """Each agent's neighbouring quarters with the same true tier."""
    following = dict(pairwise(sorted({quarter for _, quarter in true})))
    pairs = [(one, (one[0], following[one[1]])) for one in true if one[1] in following]
    return [(one, after) for one, after in pairs if after in true and true[one] == true[after]]


def _unmoved(people: Sequence[Judged], true: Mapping[Key, str]) -> list[tuple[Key, Key]]:
    """Those of them in which the true score hardly moved: nothing has really changed."""
    score = {_key(one): one.true_score for one in people}
    return [(one, after) for one, after in _pairs(true) if abs(score[after] - score[one]) <= HARDLY_POINTS]


def _flips(given: Mapping[Key, str], pairs: Sequence[tuple[Key, Key]]) -> Count:
    """Changes of label from one quarter to the next, where both quarters have one."""
    labelled = [(given[one], given[after]) for one, after in pairs if given[one] in TIERS and given[after] in TIERS]
    return Count(sum(before != after for before, after in labelled), len(labelled))
