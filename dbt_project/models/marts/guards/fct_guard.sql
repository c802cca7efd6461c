with agents as (
    select * from {{ ref('int_guard_standing') }}
),

-- One member far out counts no further than the limit: that is the member's conversation, not the team's.
members as (
    select
        *,
        case when family in ('logmean', 'count') then e else w end as weight,
        skewed_variance + tau2 as variance,
        greatest(
            -guard_z * sqrt(skewed_variance + tau2), least(guard_z * sqrt(skewed_variance + tau2), residual)
        ) as bounded_residual
    from agents
    where is_comparable and team_id is not null
),

-- A team's distance is that of all its work. Its members may differ as agents do; what goes beyond that is the team's.
teams as (
    select
        guard_kpi_id,
        window_kind,
        window_start,
        team_id,
        max(better) as better,
        sum(n) as n,
        sum(w) as w,
        sum(o) as o,
        sum(e) as e,
        max(guard_z) as guard_z,
        sum(weight * bounded_residual) / sum(weight) as residual,
        sum(weight * weight * variance) / power(sum(weight), 2) as variance
    from members
    group by guard_kpi_id, window_kind, window_start, team_id
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
        round(residual / nullif(sqrt(variance), 0e0), 9) as z
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
    coalesce({{ is_red('entities.z', 'entities.better', 'entities.guard_z') }}, false) as is_red
from entities
inner join {{ ref('int_guard_pair') }} as pairs on entities.guard_kpi_id = pairs.guard_kpi_id
