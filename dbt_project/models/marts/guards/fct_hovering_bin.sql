-- Days by distance from the minimum in steps of about half a reach, for a chart; only where a verdict may be given at all.
-- Steps hold whole places that a day can take, or some would hold more places than others and the chart would show teeth.
with judged as (
    select
        *,
        case
            when first_met is not null then greatest(1e0, round(reach / 2e0 / grid_step)) * grid_step else reach / 2e0
        end as step,
        coalesce(first_met - grid_step / 2e0, 0e0) as line
    from {{ ref('int_hovering') }}
    where is_judged
),

days as (
    select
        'centre' as grain,
        'centre' as entity_id,
        kpi_id,
        window_kind,
        window_start,
        distance
    from {{ ref('int_hovering_day') }}
    union all
    select
        'team' as grain,
        team_id as entity_id,
        kpi_id,
        window_kind,
        window_start,
        distance
    from {{ ref('int_hovering_day') }}
    where team_id is not null
),

bins as (
    select
        judged.*,
        cast(bin as bigint) as bin
    from judged
    cross join unnest(generate_series(-12, 11)) as numbers(bin)
),

counted as (
    select
        judged.grain,
        judged.entity_id,
        judged.kpi_id,
        judged.window_kind,
        judged.window_start,
        cast(floor((days.distance - judged.line) / judged.step) as bigint) as bin,
        count(*) as days
    from days
    inner join judged
        on days.grain = judged.grain
        and days.entity_id = judged.entity_id
        and days.kpi_id = judged.kpi_id
        and days.window_kind = judged.window_kind
        and days.window_start = judged.window_start
    group by
        judged.grain,
        judged.entity_id,
        judged.kpi_id,
        judged.window_kind,
        judged.window_start,
        cast(floor((days.distance - judged.line) / judged.step) as bigint)
),

edges as (
    select
        *,
        line + bin * step as bin_low,
        line + (bin + 1) * step as bin_high,
        (line + bin * step - middle) / robust_sd as z_low,
        (line + (bin + 1) * step - middle) / robust_sd as z_high
    from bins
)

select
    edges.grain,
    edges.entity_id,
    edges.kpi_id,
    edges.window_kind,
    edges.window_start,
    edges.bin as position,
    round(edges.bin_low, 9) as bin_low,
    round(edges.bin_high, 9) as bin_high,
    cast(coalesce(counted.days, 0) as bigint) as days,
    round(edges.days * ({{ norm_cdf('edges.z_high') }} - {{ norm_cdf('edges.z_low') }}), 9) as expected_days,
    abs(edges.bin_low + edges.step / 2e0) < edges.reach as is_within_reach
from edges
left join counted
    on edges.grain = counted.grain
    and edges.entity_id = counted.entity_id
    and edges.kpi_id = counted.kpi_id
    and edges.window_kind = counted.window_kind
    and edges.window_start = counted.window_start
    and edges.bin = counted.bin
