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

middles as (
    select
        *,
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
        min(minimum) as lowest_minimum
    from middles
    group by grain, entity_id, kpi_id, window_kind, window_start
),

reaches as (
    select
        spread.*,
        rules.hovering_reach_sd * spread.robust_sd as reach,
        rules.hovering_min_days,
        rules.hovering_min_agents
    from spread
    inner join {{ ref('int_rule') }} as rules
        on spread.window_kind = rules.window_kind and spread.window_start = rules.window_start
    where round(spread.robust_sd, 9) > 0e0
),

edges as (
    select
        *,
        -middle / robust_sd as z_minimum,
        (reach - middle) / robust_sd as z_above,
        (-reach - middle) / robust_sd as z_below
    from reaches
),

smooth as (
    select
        *,
        ({{ norm_cdf('z_above') }} - {{ norm_cdf('z_minimum') }}) as above,
        ({{ norm_cdf('z_minimum') }} - {{ norm_cdf('z_below') }}) as below
    from edges
),

expected as (
    select
        *,
        above / nullif(above + below, 0e0) as expected_share
    from smooth
),

per_agent as (
    select
        days.grain,
        days.entity_id,
        days.kpi_id,
        days.window_kind,
        days.window_start,
        days.agent_id,
        count(*) as near,
        sum({{ one_if('days.distance >= 0') }}) as up,
        max(expected.expected_share) as expected_share
    from days
    inner join expected
        on days.grain = expected.grain
        and days.entity_id = expected.entity_id
        and days.kpi_id = expected.kpi_id
        and days.window_kind = expected.window_kind
        and days.window_start = expected.window_start
    where days.distance >= -expected.reach and days.distance < expected.reach
    group by days.grain, days.entity_id, days.kpi_id, days.window_kind, days.window_start, days.agent_id
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
        -- days of one agent are alike, so agents are what is counted
        sum(up - expected_share * near) / nullif(sqrt(sum(power(up - expected_share * near, 2))), 0e0) as z
    from per_agent
    group by grain, entity_id, kpi_id, window_kind, window_start
)

select
    expected.grain,
    expected.entity_id,
    expected.kpi_id,
    expected.window_kind,
    expected.window_start,
    case when expected.highest_minimum = expected.lowest_minimum then expected.highest_minimum end as minimum,
    expected.middle,
    expected.robust_sd,
    expected.reach,
    expected.days,
    expected.expected_share,
    coalesce(counted.agents, 0) as agents,
    coalesce(counted.near, 0) as near,
    coalesce(counted.up, 0) as up,
    round(counted.z, 9) as z,
    coalesce(counted.near, 0) >= expected.hovering_min_days
    and coalesce(counted.agents, 0) >= expected.hovering_min_agents
    and counted.z is not null
    and expected.expected_share is not null as is_judged
from expected
left join counted
    on expected.grain = counted.grain
    and expected.entity_id = counted.entity_id
    and expected.kpi_id = counted.kpi_id
    and expected.window_kind = counted.window_kind
    and expected.window_start = counted.window_start
