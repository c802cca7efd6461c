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
        figures.period_kind,
        figures.period_start,
        figures.n,
        figures.value,
        figures.interval_low,
        figures.interval_high,
        figures.target as reference,
        figures.verdict
    from {{ ref('fct_kpi_value') }} as figures
    inner join {{ ref('dim_period') }} as periods
        on figures.period_kind = periods.period_kind and figures.period_start = periods.period_start
    where figures.grain in ('centre', 'team')
        and figures.period_kind in ('month', 'quarter')
        and periods.is_complete
    union all by name
    select
        'finding' as kind,
        grain,
        entity_id,
        kpi_id as item,
        finding as part,
        case when rule = 'outside_funnel' then 'quarter' else 'week' end as period_kind,
        cast(is_said as bigint) as n,
        value,
        centre_line as reference,
        rule as verdict,
        period_start as first_day
    from {{ ref('int_finding') }}
    union all by name
    select
        'tier' as kind,
        'centre' as grain,
        'centre' as entity_id,
        tier as item,
        people as n,
        people_in_all as value,
        window_start as first_day,
        window_end as last_day
    from {{ ref('fct_tier_count') }}
    where is_current
    union all by name
    select
        'rule' as kind,
        rule_id as item,
        unit as part,
        value,
        valid_from as first_day,
        owner as detail
    from {{ ref('dim_rule') }}
    union all by name
    select
        'standard' as kind,
        'role' as grain,
        role as entity_id,
        kpi_id as item,
        anchor as part,
        value,
        basis as verdict,
        valid_from as first_day,
        owner as detail
    from standards
    union all by name
    select
        'weight' as kind,
        'role' as grain,
        role as entity_id,
        kpi_id as item,
        weight as value,
        valid_from as first_day,
        owner as detail
    from weights
    where is_in_force
    union all by name
    select
        'definition' as kind,
        kpi_id as item,
        md5(concat_ws(chr(31), counts_sql, counts_people_sql, measure_sql, settles_after_days)) as detail
    from {{ ref('dim_kpi') }}
    union all by name
    select
        'table' as kind,
        table_name as item,
        case
            when not is_delivered then 'absent'
            when days_behind > {{ var('table_late_days') }} then 'late'
            else 'delivered'
        end as verdict
    from {{ ref('dim_table') }}
    union all by name
    select
        'systemic' as kind,
        'centre' as grain,
        'centre' as entity_id,
        systemic.kpi_id as item,
        cast(systemic.is_centre_wide as bigint) as n,
        systemic.verdict,
        systemic.window_start as first_day,
        windows.window_end as last_day
    from {{ ref('fct_systemic') }} as systemic
    inner join {{ ref('int_window') }} as windows
        on systemic.window_kind = windows.window_kind and systemic.window_start = windows.window_start and windows.is_current
    union all by name
    select
        'delivery' as kind,
        delivery_id as item,
        table_name as part,
        accepted_rows as n,
        refused_rows as value,
        first_day,
        last_day,
        file as detail
    from {{ ref('fct_delivery') }}
),

-- rounded to what the lake keeps, so that what comes back from it is equal
shaped as (
    select
        kind,
        coalesce(grain, '') as grain,
        coalesce(entity_id, '') as entity_id,
        item,
        coalesce(part, '') as part,
        coalesce(period_kind, '') as period_kind,
        period_start,
        n,
        round(value, 9) as value,
        round(interval_low, 6) as interval_low,
        round(interval_high, 6) as interval_high,
        round(reference, 9) as reference,
        coalesce(verdict, '') as verdict,
        first_day,
        last_day,
        coalesce(detail, '') as detail
    from items
)

select
    {{ item_columns() | join(',\n    ') }},
    {{ item_key() }} as item_key
from shaped
