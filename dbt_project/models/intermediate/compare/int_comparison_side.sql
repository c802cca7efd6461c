-- One side of a comparison: its value, and how sure it is when contacts of one day are alike (an outage, a queue, a mood)
-- and so tell less than their number. The day's likeness divides the observations; the interval is then the usual one.
with periods as (
    select
        *,
        coalesce(row_number() over (partition by period_kind order by period_start desc) <= case period_kind
            when 'month' then {{ var('compare_months') }}
            when 'quarter' then {{ var('compare_quarters') }}
        end, false) as is_recent
    from {{ ref('dim_period') }}
    where period_kind in ('month', 'quarter', 'all') and (is_complete or is_comparison)
),

summed as (
    select
        days.kpi_id,
        days.grain,
        days.entity_id,
        periods.period_kind,
        periods.period_start,
        periods.is_comparison,
        periods.is_recent,
        count(*) as days,
        cast(sum(days.n) as bigint) as n,
        cast(sum(cast(days.w as decimal(38, 6))) as double) as w,
        cast(sum(cast(days.o as decimal(38, 6))) as double) as o,
        cast(sum(cast(days.ss as decimal(38, 6))) as double) as ss,
        cast(sum(cast(days.o * days.o as decimal(38, 6))) as double) as tt,
        cast(sum(cast(days.o * days.w as decimal(38, 6))) as double) as tw,
        cast(sum(cast(days.w * days.w as decimal(38, 6))) as double) as ww
    from {{ ref('int_comparison_day') }} as days
    inner join periods on days.day between periods.period_start and periods.period_end
    where days.grain <> 'others' or periods.is_comparison
    group by
        days.kpi_id, days.grain, days.entity_id,
        periods.period_kind, periods.period_start, periods.is_comparison, periods.is_recent
),

varied as (
    select
        summed.*,
        kpi.family,
        kpi.better,
        {{ day_variance('summed.days', 'summed.o', 'summed.w', 'summed.tt', 'summed.tw', 'summed.ww') }} as day_variance,
        case
            when kpi.family = 'prop' then summed.o / summed.n * (1e0 - summed.o / summed.n) / summed.n
            when kpi.family = 'count' then summed.o / summed.w / summed.w
            else {{ mean_variance('summed.n', 'summed.w', 'summed.o', 'summed.ss') }}
        end as chance_variance
    from summed
    inner join {{ ref('dim_kpi') }} as kpi on summed.kpi_id = kpi.kpi_id
),

likened as (
    select
        *,
        round(greatest(1e0, coalesce(day_variance / nullif(chance_variance, 0e0), 1e0)), 6) as design_effect
    from varied
),

-- as if there were only as many observations as tell something of their own
effective as (
    select
        kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        is_comparison,
        is_recent,
        family,
        better,
        design_effect,
        n as observations,
        round({{ kpi_value('o', 'w') }}, 9) as value,
        n / design_effect as n,
        w / design_effect as w,
        o / design_effect as o,
        ss / design_effect as ss
    from likened
)

select
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    is_comparison,
    is_recent,
    family,
    better,
    design_effect,
    observations,
    value,
    w * design_effect as w,
    round({{ interval_bound('low', 'w') }}, 9) as low,
    round({{ interval_bound('high', 'w') }}, 9) as high
from effective
