with agents as (
    select * from {{ ref('int_guard_standing') }}
),

-- A team stands out when its middle member does, by the standard error of a median: one member far out is that member's matter.
teams as (
    select
        agents.guard_kpi_id,
        agents.window_kind,
        agents.window_start,
        agents.team_id,
        max(agents.better) as better,
        sum(agents.n) as n,
        sum(agents.w) as w,
        sum(agents.o) as o,
        sum(agents.e) as e,
        max(agents.guard_z) as guard_z,
        case
            when count(*) >= max(rules.group_min_people) then round(median(agents.z) * sqrt(2e0 * count(*) / pi()), 9)
        end as z
    from agents
    inner join {{ ref('int_rule') }} as rules
        on agents.window_kind = rules.window_kind and agents.window_start = rules.window_start
    where agents.is_comparable and agents.team_id is not null
    group by agents.guard_kpi_id, agents.window_kind, agents.window_start, agents.team_id
),

entities as (
    select
        'agent' as grain,
        agent_id as entity_id,
        guard_kpi_id,
        window_kind,
        window_start,
        better,
        n,
        o / nullif(w, 0e0) as value,
        e / nullif(w, 0e0) as expected_value,
        guard_z,
        z
    from agents
    union all
    select
        'team' as grain,
        team_id as entity_id,
        guard_kpi_id,
        window_kind,
        window_start,
        better,
        n,
        o / nullif(w, 0e0) as value,
        e / nullif(w, 0e0) as expected_value,
        guard_z,
        z
    from teams
)

select
    entities.grain,
    entities.entity_id,
    pairs.kpi_id,
    entities.guard_kpi_id,
    entities.window_kind,
    entities.window_start,
    cast(entities.n as bigint) as n,
    round(entities.value, 9) as value,
    round(entities.expected_value, 9) as expected_value,
    entities.z,
    entities.z is not null as is_comparable,
    coalesce(
        {{ is_red('entities.z', 'entities.better', 'entities.guard_z', 'entities.value - entities.expected_value') }}, false
    ) as is_red
from entities
inner join {{ ref('int_guard_pair') }} as pairs on entities.guard_kpi_id = pairs.guard_kpi_id
