with sums as (
    select
        sums.*,
        kpi.family,
        kpi.unit,
        kpi.better
    from {{ ref('int_kpi_sum') }} as sums
    inner join {{ ref('dim_kpi') }} as kpi on sums.kpi_id = kpi.kpi_id and kpi.is_delivered
),

bounded as (
    select
        *,
        {{ interval_bound('low', 'w') }} as low,
        {{ interval_bound('high', 'w') }} as high
    from sums
),

measured as (
    select
        * exclude (low, high, unit),
        -- rounded: the last bits of a sum vary with threads and must neither decide a verdict nor change a page
        round({{ kpi_value('o', 'w') }}, 9) as value,
        round({{ kpi_value('previous_o', 'previous_w') }}, 9) as previous_value,
        round({{ not_below_nothing('unit', 'low') }}, 9) as interval_low,
        round({{ not_above_all('unit', 'high') }}, 9) as interval_high
    from bounded
),

-- an index is a formula over sums of several tables; it comes with its own interval
indices as (
    select
        index_sums.kpi_id,
        index_sums.grain,
        index_sums.entity_id,
        index_sums.period_kind,
        index_sums.period_start,
        index_sums.n,
        cast(index_sums.n as double) as w,
        index_sums.value * index_sums.n as o,
        index_sums.value * index_sums.value * index_sums.n as ss,
        cast(null as double) as previous_w,
        cast(null as double) as previous_o,
        kpi.family,
        kpi.better,
        round(index_sums.value, 9) as value,
        cast(null as double) as previous_value,
        round(index_sums.interval_low, 9) as interval_low,
        round(index_sums.interval_high, 9) as interval_high
    from {{ ref('int_index_sum') }} as index_sums
    inner join {{ ref('dim_kpi') }} as kpi on index_sums.kpi_id = kpi.kpi_id and kpi.is_delivered
    where index_sums.value is not null
),

all_kpis as (
    select * from measured
    union all
    select * from indices
),

periods as (
    select * from {{ ref('dim_period') }}
),

-- the standard in force on the period's last day; a role's own row wins over *
standards as (
    select
        standards.kpi_id,
        standards.role,
        standards.target,
        standards.valid_from,
        coalesce(
            lead(standards.valid_from) over (partition by standards.kpi_id, standards.role order by standards.valid_from),
            cast('9999-12-31' as date)
        ) as valid_until
    from {{ ref('kpi_standards') }} as standards
    -- a ratio to the work mix is no value to hold a plain figure against
    where standards.basis = 'value'
),

placed as (
    select
        all_kpis.*,
        coalesce(own.target, everybody.target) as target
    from all_kpis
    inner join periods
        on all_kpis.period_kind = periods.period_kind and all_kpis.period_start = periods.period_start
    left join {{ ref('dim_agent') }} as agents
        on all_kpis.grain = 'agent' and all_kpis.entity_id = agents.agent_id
    left join standards as own
        on all_kpis.kpi_id = own.kpi_id
        and agents.role = own.role
        and periods.period_end >= own.valid_from and periods.period_end < own.valid_until
    left join standards as everybody
        on all_kpis.kpi_id = everybody.kpi_id
        and everybody.role = '*'
        and periods.period_end >= everybody.valid_from and periods.period_end < everybody.valid_until
    where all_kpis.family <> 'volume' or all_kpis.o > 0
),

judged as (
    select
        *,
        target is not null
        and better <> 'neutral'
        and n >= {{ var('judge_min_observations') }}
        and interval_low is not null as judged,
        case when better = 'lower' then -1e0 else 1e0 end as good
    from placed
)

select
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    n,
    round(w, 6) as w,
    round(o, 6) as o,
    round(ss, 6) as ss,
    value,
    interval_low,
    interval_high,
    target,
    round(case when better = 'lower' then target / nullif(value, 0e0) else value / nullif(target, 0e0) end, 9) as attainment,
    judged,
    case
        when target is null or better = 'neutral' then 'no_target'
        when not judged then 'too_few'
        when least(good * interval_low, good * interval_high) > good * target then 'better_than_target'
        when greatest(good * interval_low, good * interval_high) < good * target then 'worse_than_target'
        else 'too_close_to_call'
    end as verdict,
    previous_value,
    round(value - previous_value, 9) as change
from judged
