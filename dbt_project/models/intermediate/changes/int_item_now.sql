-- What this build is about to publish, in the one shape in which the lake keeps it. People only as counts.
with span as (
    select last_day from {{ ref('int_data_span') }}
),

standards_in_force as (
    select
        *,
        row_number() over (partition by role, kpi_id order by valid_from desc) as from_newest
    from {{ ref('kpi_standards') }}
    where valid_from <= (select last_day from span)
),

standards as (
    select
        role,
        kpi_id,
        basis,
        owner,
        valid_from,
        unnest(['minimum', 'target', 'excellent']) as anchor,
        unnest([minimum, target, excellent]) as value
    from standards_in_force
    where from_newest = 1
),

weights as (
    select
        *,
        -- a role's weights are decided together
        valid_from = max(valid_from) over (partition by role) as is_in_force
    from {{ ref('role_weights') }}
    where valid_from <= (select last_day from span)
),

items as (
    select
        'value' as kind,
        figures.grain,
        figures.entity_id,
        figures.kpi_id as item,
        '' as part,
        figures.period_kind,
        figures.period_start,
        figures.n,
        figures.value,
        round(figures.interval_low, 6) as interval_low,
        round(figures.interval_high, 6) as interval_high,
        figures.target as reference,
        figures.verdict,
        cast(null as date) as first_day,
        cast(null as date) as last_day,
        '' as detail
    from {{ ref('fct_kpi_value') }} as figures
    inner join {{ ref('dim_period') }} as periods
        on figures.period_kind = periods.period_kind and figures.period_start = periods.period_start
    where figures.grain in ('centre', 'team')
        and figures.period_kind in ('month', 'quarter')
        and periods.is_complete
    union all
    select
        'finding', grain, entity_id, kpi_id, finding, case when rule = 'outside_funnel' then 'quarter' else 'week' end, null,
        cast(is_said as bigint), value, null, null, round(centre_line, 9), rule, period_start, null, ''
    from {{ ref('int_finding') }}
    union all
    select
        'tier', 'centre', 'centre', tier, '', '', null,
        people, people_in_all, null, null, null, '', window_start, window_end, ''
    from {{ ref('fct_tier_count') }}
    where is_current
    union all
    select
        'rule', '', '', rule_id, unit, '', null,
        null, round(value, 9), null, null, null, '', valid_from, null, owner
    from {{ ref('dim_rule') }}
    union all
    select
        'standard', 'role', role, kpi_id, anchor, '', null,
        null, round(value, 9), null, null, null, basis, valid_from, null, owner
    from standards
    union all
    select
        'weight', 'role', role, kpi_id, '', '', null,
        null, round(weight, 9), null, null, null, '', valid_from, null, owner
    from weights
    where is_in_force
    union all
    select
        'definition', '', '', kpi_id, '', '', null,
        null, null, null, null, null, '', null, null,
        md5(concat_ws(chr(31), counts_sql, counts_people_sql, measure_sql, settles_after_days))
    from {{ ref('dim_kpi') }}
    union all
    select
        'table', '', '', table_name, '', '', null,
        null, null, null, null, null,
        case
            when not is_delivered then 'absent'
            when days_behind > {{ var('table_late_days') }} then 'late'
            else 'delivered'
        end,
        null, null, ''
    from {{ ref('dim_table') }}
    union all
    select
        'systemic', 'centre', 'centre', systemic.kpi_id, '', '', null,
        cast(systemic.is_centre_wide as bigint), null, null, null, null, systemic.verdict,
        systemic.window_start, windows.window_end, ''
    from {{ ref('fct_systemic') }} as systemic
    inner join {{ ref('int_window') }} as windows
        on systemic.window_kind = windows.window_kind and systemic.window_start = windows.window_start and windows.is_current
    union all
    select
        'delivery', '', '', delivery_id, table_name, '', null,
        accepted_rows, refused_rows, null, null, null, '', first_day, last_day, file
    from {{ ref('fct_delivery') }}
)

select
    {{ item_columns() | join(',\n    ') }},
    {{ item_key() }} as item_key
from items
