-- Days within reach of the minimum on either side, beside what a smooth spread of all days would put there.
with days as (
    select
        'centre' as grain,
        'centre' as entity_id,
        *
    from {{ ref('int_hovering_day') }}
    union all
    select
        'team' as grain,
        team_id as entity_id,
        *
    from {{ ref('int_hovering_day') }}
    where team_id is not null
),

-- the least distance from the minimum at which a day of this length can meet it
placed as (
    select
        *,
        distance - grid_step * floor(distance / grid_step + 1e-6) as first_met,
        median(distance) over (partition by grain, entity_id, kpi_id, window_kind, window_start) as middle
    from days
),

spread as (
    select
        grain,
        entity_id,
        kpi_id,
        window_kind,
        window_start,
        max(middle) as middle,
        1.4826e0 * median(abs(distance - middle)) as robust_sd,
        count(*) as days,
        max(minimum) as highest_minimum,
        min(minimum) as lowest_minimum,
        case when max(grid_step) - min(grid_step) < 1e-9 and count(grid_step) = count(*) then min(grid_step) end as grid_step,
        case when max(first_met) - min(first_met) < 1e-6 then min(first_met) end as first_met
    from placed
    group by grain, entity_id, kpi_id, window_kind, window_start
),

reaches as (
    select
        spread.*,
        round(rules.hovering_reach_sd * spread.robust_sd, 9) as reach,
        rules.hovering_min_days,
        rules.hovering_min_agents
    from spread
    inner join {{ ref('int_rule') }} as rules
        on spread.window_kind = rules.window_kind and spread.window_start = rules.window_start
    where round(spread.robust_sd, 9) > 0e0
),

-- edges of the places a day can take below and above the minimum, half a step outside the outermost of them
near as (
    select
        placed.grain,
        placed.entity_id,
        placed.kpi_id,
        placed.window_kind,
        placed.window_start,
        placed.agent_id,
        placed.distance,
        reaches.middle,
        reaches.robust_sd,
        coalesce(placed.first_met - placed.grid_step / 2e0, 0e0) as line,
        coalesce(
            placed.first_met
            + placed.grid_step * (ceil((reaches.reach - placed.first_met) / placed.grid_step - 1e-6) - 0.5e0),
            reaches.reach
        ) as upper_edge,
        coalesce(
            placed.first_met
            - placed.grid_step * (floor((reaches.reach + placed.first_met) / placed.grid_step + 1e-6) + 0.5e0),
            -reaches.reach
        ) as lower_edge
    from placed
    inner join reaches
        on placed.grain = reaches.grain
        and placed.entity_id = reaches.entity_id
        and placed.kpi_id = reaches.kpi_id
        and placed.window_kind = reaches.window_kind
        and placed.window_start = reaches.window_start
    where placed.distance >= -reaches.reach and placed.distance < reaches.reach
),

standardised as (
    select
        *,
        (line - middle) / robust_sd as z_line,
        (upper_edge - middle) / robust_sd as z_upper,
        (lower_edge - middle) / robust_sd as z_lower
    from near
),

masses as (
    select
        *,
        {{ norm_cdf('z_upper') }} - {{ norm_cdf('z_line') }} as above,
        {{ norm_cdf('z_upper') }} - {{ norm_cdf('z_lower') }} as around
    from standardised
),

expected as (
    select
        *,
        above / nullif(around, 0e0) as chance,
        {{ one_if('distance >= 0') }} as up
    from masses
),

per_agent as (
    select
        grain,
        entity_id,
        kpi_id,
        window_kind,
        window_start,
        agent_id,
        count(*) as near,
        sum(up) as up,
        sum(chance) as expected_up
    from expected
    group by grain, entity_id, kpi_id, window_kind, window_start, agent_id
),

counted as (
    select
        grain,
        entity_id,
        kpi_id,
        window_kind,
        window_start,
        count(*) as agents,
        sum(near) as near,
        sum(up) as up,
        sum(expected_up) / sum(near) as expected_share,
        -- days of one agent are alike, so agents are what is counted
        sum(up - expected_up) / nullif(sqrt(sum(power(up - expected_up, 2))), 0e0) as z
    from per_agent
    group by grain, entity_id, kpi_id, window_kind, window_start
)

select
    reaches.grain,
    reaches.entity_id,
    reaches.kpi_id,
    reaches.window_kind,
    reaches.window_start,
    case when reaches.highest_minimum = reaches.lowest_minimum then reaches.highest_minimum end as minimum,
    reaches.middle,
    reaches.robust_sd,
    reaches.reach,
    reaches.grid_step,
    reaches.first_met,
    reaches.days,
    coalesce(counted.agents, 0) as agents,
    coalesce(counted.near, 0) as near,
    coalesce(counted.up, 0) as up,
    counted.expected_share,
    round(counted.z, 9) as z,
    coalesce(
        counted.near >= reaches.hovering_min_days and counted.agents >= reaches.hovering_min_agents and counted.z is not null,
        false
    ) as is_judged
from reaches
left join counted
    on reaches.grain = counted.grain
    and reaches.entity_id = counted.entity_id
    and reaches.kpi_id = counted.kpi_id
    and reaches.window_kind = counted.window_kind
    and reaches.window_start = counted.window_start
