-- How far each agent stands from colleagues on the KPIs that guard others. Middle and spread are medians: a plain spread would
-- be widened by the very agents it should find.
with guards as (
    select guard_kpi_id
    from {{ ref('int_guard_pair') }}
    group by guard_kpi_id
),

standings as (
    select
        standings.kpi_id as guard_kpi_id,
        standings.window_kind,
        standings.window_start,
        standings.agent_id,
        standings.team_id,
        standings.peer,
        standings.family,
        standings.better,
        standings.n,
        standings.w,
        standings.o,
        standings.e,
        standings.centre_value,
        standings.y,
        standings.v,
        standings.design_effect,
        standings.no_reference_share <= rules.no_reference_share as is_comparable,
        rules.guard_z
    from {{ ref('int_standing') }} as standings
    inner join guards on standings.kpi_id = guards.guard_kpi_id
    inner join {{ ref('int_rule') }} as rules
        on standings.window_kind = rules.window_kind and standings.window_start = rules.window_start
    where standings.window_kind <> 'month'
),

-- those who set the yardstick: comparable, and with enough contacts to say anything
middles as (
    select
        *,
        is_comparable and n >= {{ var('judge_min_observations') }} as sets_yardstick,
        count(*) filter (where is_comparable and n >= {{ var('judge_min_observations') }}) over peers as peer_agents,
        median(y) filter (where is_comparable and n >= {{ var('judge_min_observations') }}) over peers as peer_middle,
        median(y) filter (where is_comparable and n >= {{ var('judge_min_observations') }}) over everybody as whole_middle
    from standings
    window
        peers as (partition by guard_kpi_id, window_kind, window_start, peer),
        everybody as (partition by guard_kpi_id, window_kind, window_start)
),

placed as (
    select
        *,
        y - case when peer_agents >= {{ least_pool() }} then peer_middle else whole_middle end as residual
    from middles
),

-- The variance between agents at which half of all squared distances are below the median of a squared normal:
-- overdispersion, so that nobody is red for what makes all agents differ.
spread as (
    select
        guard_kpi_id,
        window_kind,
        window_start,
        count(*) as agents,
        greatest(0e0, median(residual * residual / {{ median_of_square() }} - v)) as tau2
    from placed
    where sets_yardstick
    group by guard_kpi_id, window_kind, window_start
),

-- A few events are skewed: six where one and a half were expected is no wonder. Midway between the variance expected and the
-- one observed, never below the expected one, the normal limits hold in the tail as well.
widened as (
    select
        placed.*,
        spread.tau2,
        greatest(placed.v, case
            when placed.family = 'prop'
                then
                    (placed.v + placed.design_effect * placed.o / placed.n * (1e0 - placed.o / placed.n) / placed.n) / 2e0
            when placed.family = 'count'
                then (placed.v + placed.design_effect * placed.o / (placed.e * placed.e)) / 2e0
            else placed.v
        end) as skewed_variance
    from placed
    inner join spread
        on placed.guard_kpi_id = spread.guard_kpi_id
        and placed.window_kind = spread.window_kind
        and placed.window_start = spread.window_start
    where spread.agents >= {{ least_pool() }}
)

select
    guard_kpi_id,
    window_kind,
    window_start,
    agent_id,
    team_id,
    family,
    better,
    n,
    w,
    o,
    e,
    centre_value,
    residual,
    skewed_variance,
    tau2,
    guard_z,
    is_comparable,
    case when is_comparable then round(residual / sqrt(skewed_variance + tau2), 9) end as z
from widened
