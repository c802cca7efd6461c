-- The spans over which coaching is added up; none where no coaching was ever logged: nobody is overdue for want of a file.
with span as (
    select * from {{ ref('int_data_span') }}
    where last_day is not null
),

windows as (
    select
        window_kind,
        window_start,
        window_end,
        is_current
    from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
    union all
    select
        'recent' as window_kind,
        last_day - cast({{ rule_now('coaching_coverage_days') }} as integer) + 1 as window_start,
        last_day as window_end,
        false as is_current
    from span
)

select
    window_kind,
    window_start,
    window_end,
    is_current
from windows
where exists(select 1 from {{ ref('stg_coaching_log') }})
