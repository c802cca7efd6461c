"""Planted stories against what the site says: whose matter a shortfall is, what worked, who is stopped by a guard.

Belongs here: counting verdicts about the centre, teams, agents, programmes and guards. Does not belong here: labels of
people (`people`), the rules of any verdict (`dbt_project`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import warehouse
from pipelines.truth.table import Count

FALL, WEAK_TEAM, WEAK_AGENT, PROGRAMME, DROPPING = (
    "centre_wide_fall",
    "weak_team",
    "weak_agent",
    "coaching_programme",
    "short_calls",
)
MOST = 0.60
"""The centre is truly short of a target when its mean is and so are this many of its people: the rule's own words."""
_RESOLUTION = "first_contact_resolution"
_HANDLE_TIME = "average_handle_time"
_HANDLE_TIME_GUARDS = ("short_call_share", "early_release_share")
_QUARTER = "make_date(cast(left(quarter, 4) as integer), 3 * cast(right(quarter, 1) as integer) - 2, 1)"

_LEVELS = f"""
with truth as (
    select
        agent_id,
        {_QUARTER} as window_start,
        kpi_id,
        true_value
    from read_csv($2 || '/kpis.csv', types = {{'true_value': 'double', 'quarter': 'varchar'}})
),

members as (
    select
        agents.kpi_id,
        agents.window_start,
        agents.agent_id,
        tiers.team_id,
        agents.verdict,
        agents.is_individual,
        agents.target,
        truth.true_value,
        case when agents.kpi_id = 'complaint_rate' then -1e0 else 1e0 end as good
    from read_parquet($1 || '/fct_systemic_agent.parquet') as agents
    inner join read_parquet($1 || '/fct_tier.parquet') as tiers using (agent_id, window_kind, window_start)
    inner join truth using (kpi_id, window_start, agent_id)
    where agents.window_kind = 'quarter' and agents.target is not null
)
"""
_CENTRES = """
select
    members.kpi_id,
    members.window_start,
    'centre' as who,
    any_value(centre.is_centre_wide) as is_flagged,
    avg(good * (true_value - members.target)) < 0e0
    and avg(case when good * (true_value - members.target) < 0e0 then 1e0 else 0e0 end) >= $3 as is_truly_below,
    any_value(centre.verdict) as verdict
from members
inner join read_parquet($1 || '/fct_systemic.parquet') as centre
    on members.kpi_id = centre.kpi_id and members.window_start = centre.window_start and centre.window_kind = 'quarter'
group by members.kpi_id, members.window_start
order by members.kpi_id, members.window_start
"""
_TEAMS = """
, centres as (
    select kpi_id, window_start, avg(good * true_value) as centre_good from members group by kpi_id, window_start
)

select
    members.kpi_id,
    members.window_start,
    members.team_id as who,
    any_value(teams.is_team_problem) as is_flagged,
    avg(good * (true_value - members.target)) < 0e0
    and avg(good * true_value) < any_value(centre_good) as is_truly_below,
    any_value(teams.verdict) as verdict
from members
inner join centres using (kpi_id, window_start)
inner join read_parquet($1 || '/fct_systemic_team.parquet') as teams
    on members.kpi_id = teams.kpi_id and members.window_start = teams.window_start
    and members.team_id = teams.team_id and teams.window_kind = 'quarter'
group by members.kpi_id, members.window_start, members.team_id
order by members.kpi_id, members.window_start, members.team_id
"""
_AGENTS = """
, teams as (
    select kpi_id, window_start, team_id, avg(good * true_value) as team_good
    from members
    group by kpi_id, window_start, team_id
)

select
    members.kpi_id,
    members.window_start,
    members.agent_id as who,
    members.is_individual as is_flagged,
    good * (true_value - members.target) < 0e0 and good * true_value < team_good as is_truly_below,
    members.verdict
from members
inner join teams using (kpi_id, window_start, team_id)
where members.verdict in ('individual', 'common_cause')
order by members.kpi_id, members.window_start, members.agent_id
"""
_PROGRAMMES = """
select
    programme_kind,
    programme_id,
    kpi_id,
    is_measurable_gain,
    is_counted_gain,
    before_after_claims
from read_parquet($1 || '/fct_programme_effect.parquet')
order by programme_kind, programme_id, kpi_id
"""
_GUARDS = """
select
    guards.entity_id,
    guards.window_start,
    bool_or(guards.is_red) as is_red,
    bool_or(coalesce(standing.is_capped, false)) as is_capped
from read_parquet($1 || '/fct_guard.parquet') as guards
left join read_parquet($1 || '/fct_standing.parquet') as standing
    on guards.entity_id = standing.agent_id and guards.kpi_id = standing.kpi_id
    and guards.window_kind = standing.window_kind and guards.window_start = standing.window_start
where guards.grain = 'agent' and guards.window_kind = 'quarter'
    and guards.kpi_id = $2 and list_contains(['{guards}'], guards.guard_kpi_id)
group by guards.entity_id, guards.window_start
order by guards.entity_id, guards.window_start
"""


@dataclass(frozen=True)
class Stories:
    """What was planted, from the truth folder."""

    fall_since: date
    weak_team: str
    weak_agents: frozenset[str]
    programmes: Mapping[str, float]
    """True effect by programme."""
    courses: Mapping[str, float]
    """True gain in quality points by course."""
    dropping: frozenset[str]


def read_stories(truth: Path) -> Stories:
    """The planted stories of one centre."""
    told: list[dict[str, Any]] = json.loads((truth / "stories.json").read_text(encoding="utf-8"))
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for one in told:
        by_kind.setdefault(one["story"], []).append(one)
    courses = warehouse.read(
        "select course_id, true_quality_gain_points from read_csv($1)", [str(truth / "courses.csv")]
    )
    return Stories(
        fall_since=date.fromisoformat(by_kind[FALL][0]["since"]),
        weak_team=by_kind[WEAK_TEAM][0]["team_id"],
        weak_agents=frozenset(one["agent_id"] for one in by_kind[WEAK_AGENT]),
        programmes={one["programme"]: float(one["true_effect"]) for one in by_kind[PROGRAMME]},
        courses={str(course): float(str(gain)) for course, gain in courses},
        dropping=frozenset(entry["agent_id"] for entry in by_kind[DROPPING][0]["agents"]),
    )


@dataclass(frozen=True)
class Shortfall:
    """A verdict on the centre, a team or an agent, beside the truth."""

    kpi_id: str
    quarter: date
    who: str
    is_flagged: bool
    is_truly_below: bool
    """Of the target and of what stands above, an agent of the team, a team of the centre; at the centre most people."""
    verdict: str


def count_systemic(marts: Path, truth: Path, stories: Stories) -> dict[str, Count]:
    """Whose matter a shortfall is: the centre's, a team's or one agent's."""
    centres, teams, agents = (_shortfalls(query, marts, truth) for query in (_CENTRES, _TEAMS, _AGENTS))
    fallen = date(stories.fall_since.year, 3 * ((stories.fall_since.month - 1) // 3) + 1, 1)
    fall = [one for one in centres if (one.kpi_id, one.quarter) == (_RESOLUTION, fallen)]
    # once the whole centre has fallen, nobody in it is to be named
    before = [one for one in (*teams, *agents) if one.kpi_id == _RESOLUTION and one.quarter < fallen]
    weak = {stories.weak_team, *stories.weak_agents}
    return {
        "centre_found": _flagged(fall),
        "centre_false": _flagged([one for one in centres if not one.is_truly_below]),
        "team_found": _flagged([one for one in before if one.who == stories.weak_team]),
        "team_false": _wrongly_flagged([one for one in teams if one.kpi_id != _RESOLUTION or one.who not in weak]),
        "agent_found": _flagged([one for one in before if one.who in stories.weak_agents]),
        "agent_false": _wrongly_flagged([one for one in agents if one.who not in weak]),
    }


def _shortfalls(query: str, marts: Path, truth: Path) -> list[Shortfall]:
    places: list[object] = [str(marts), str(truth)]
    rows = warehouse.read(_LEVELS + query, [*places, MOST] if "$3" in query else places)
    return [Shortfall(*row) for row in rows]  # type: ignore[arg-type]


def _flagged(found: Sequence[Shortfall]) -> Count:
    return Count(sum(one.is_flagged for one in found), len(found))


def _wrongly_flagged(found: Sequence[Shortfall]) -> Count:
    return Count(sum(one.is_flagged and not one.is_truly_below for one in found), len(found))


def count_programmes(marts: Path, stories: Stories) -> dict[str, Count]:
    """What is said to have worked."""
    rows = warehouse.read(_PROGRAMMES, [str(marts)])
    coaching = [row for row in rows if row[0] == "coaching"]
    courses = [row for row in rows if row[0] == "course"]
    without = [row for row in coaching if stories.programmes.get(str(row[1])) == 0.0]
    with_effect = [row for row in coaching if stories.programmes.get(str(row[1]), 0.0) > 0.0]
    # a course's true gain is in quality scores and nowhere else
    works = [row for row in courses if row[2] == "qa_score" and stories.courses.get(str(row[1]), 0.0) > 0.0]
    return {
        "programme_false": _share(without, 3),
        "programme_found": _share(with_effect, 3),
        "before_after_false": _share(without, 5),
        "course_false": _share([row for row in courses if row not in works], 4),
        "course_found": _share(works, 4),
    }


def count_guards(marts: Path, stories: Stories) -> dict[str, Count]:
    """Whom the guards of handle time stop."""
    query = _GUARDS.replace("{guards}", "', '".join(_HANDLE_TIME_GUARDS))
    rows = warehouse.read(query, [str(marts), _HANDLE_TIME])
    theirs = [row for row in rows if row[0] in stories.dropping]
    return {
        "guard_found": _share(theirs, 2),
        "guard_capped": _share(theirs, 3),
        "guard_false": _share([row for row in rows if row[0] not in stories.dropping], 2),
    }


def _share(rows: Sequence[tuple[object, ...]], place: int) -> Count:
    return Count(sum(bool(row[place]) for row in rows), len(rows))
