with periods as (
    select * from {{ ref('dim_period') }}
),

span as (
    select * from {{ ref('int_data_span') }}
    where first_day is not null
),

complete as (
    select
        period_kind as window_kind,
        period_start as window_start,
        period_end as window_end
    from periods
    where is_complete and period_kind in ('month', 'quarter')
),

-- without a complete quarter the whole span stands in, as it does for every comparison of people
stand_in as (
    select
        'all' as window_kind,
        first_day as window_start,
        last_day as window_end
    from span
    where not exists(
        select 1 from complete
        where window_kind = 'quarter'
    )
),

newest_months as (
    select
        window_start,
        window_end,
        row_number() over (order by window_start desc) as from_newest
    from complete
    where window_kind = 'month'
),

-- the newest three months, when they reach past the last quarter
preview as (
    select
        'preview' as window_kind,
        min(window_start) as window_start,
        max(window_end) as window_end
    from newest_months
    where from_newest <= 3
    having count(*) = 3
        and max(window_end) > (
            select max(window_end) from complete
            where window_kind = 'quarter'
        )
),

windows as (
    select * from complete
    union all
    select * from stand_in
    union all
    select * from preview
)

select
    window_kind,
    window_start,
    window_end,
    cast(row_number() over (partition by window_kind order by window_start) as bigint) as position,
    window_kind in ('quarter', 'all')
    and row_number() over (partition by window_kind order by window_start desc) = 1 as is_current
from windows
