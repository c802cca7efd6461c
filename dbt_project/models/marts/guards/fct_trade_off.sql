-- Slope of first-contact resolution on the logarithm of handle time, each week against the same agent's own other weeks, so that
-- slow and fast people are not compared with each other. Standard error clustered by agent.
with weeks as (
    select
        'centre' as grain,
        'centre' as entity_id,
        window_kind,
        window_start,
        agent_id,
        w,
        x,
        y
    from {{ ref('int_trade_off_week') }}
    union all
    select
        'team' as grain,
        team_id as entity_id,
        window_kind,
        window_start,
        agent_id,
        w,
        x,
        y
    from {{ ref('int_trade_off_week') }}
    where team_id is not null
),

centred as (
    select
        *,
        x - sum(w * x) over agent / sum(w) over agent as dx,
        y - sum(w * y) over agent / sum(w) over agent as dy,
        count(*) over agent as agent_weeks
    from weeks
    window agent as (partition by grain, entity_id, window_kind, window_start, agent_id)
),

sloped as (
    select
        *,
        sum(w * dx * dx) over entity as sxx,
        sum(w * dx * dy) over entity / nullif(sum(w * dx * dx) over entity, 0e0) as slope
    from centred
    where agent_weeks > 1
    window entity as (partition by grain, entity_id, window_kind, window_start)
),

per_agent as (
    select
        grain,
        entity_id,
        window_kind,
        window_start,
        max(slope) as slope,
        max(sxx) as sxx,
        count(*) as weeks,
        sum(w * dx * (dy - slope * dx)) as score
    from sloped
    group by grain, entity_id, window_kind, window_start, agent_id
),

measured as (
    select
        grain,
        entity_id,
        window_kind,
        window_start,
        count(*) as agents,
        sum(weeks) as weeks,
        max(slope) as slope,
        sqrt(sum(score * score) * count(*) / nullif(count(*) - 1, 0)) / nullif(max(sxx), 0e0) as error
    from per_agent
    group by grain, entity_id, window_kind, window_start
),

bounded as (
    select
        *,
        agents >= {{ least_pool() }} and slope is not null and error is not null as is_judged,
        round(slope, 9) as rounded_slope,
        round(slope - {{ var('interval_z') }}e0 * error, 9) as interval_low,
        round(slope + {{ var('interval_z') }}e0 * error, 9) as interval_high
    from measured
)

select
    grain,
    entity_id,
    window_kind,
    window_start,
    cast(agents as bigint) as agents,
    cast(weeks as bigint) as weeks,
    case when is_judged then rounded_slope end as slope,
    case when is_judged then interval_low end as interval_low,
    case when is_judged then interval_high end as interval_high,
    -- what a tenth less handle time goes with
    case when is_judged then round(slope * ln(0.9e0), 9) end as change_when_tenth_faster,
    case
        when not is_judged then 'too_few'
        when interval_low > 0e0 then 'faster_costs_resolution'
        when interval_high < 0e0 then 'slower_costs_resolution'
        else 'no_link'
    end as verdict
from bounded
