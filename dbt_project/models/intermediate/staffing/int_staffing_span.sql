-- Complete months, and the twelve months up to each; where there are fewer than twelve, what there is.
with months as (
    select
        position,
        window_start,
        window_end
    from {{ ref('int_window') }}
    where window_kind = 'month'
),

reach as (
    select
        months.*,
        greatest(1, months.position - 11) as first_position,
        max(months.position) over () as newest
    from months
),

spans as (
    select
        'month' as period_kind,
        position,
        newest,
        window_start as period_start,
        window_end as period_end,
        1 as months
    from reach
    union all
    select
        'year' as period_kind,
        reach.position,
        reach.newest,
        earlier.window_start as period_start,
        reach.window_end as period_end,
        reach.position - reach.first_position + 1 as months
    from reach
    inner join months as earlier on reach.first_position = earlier.position
    where reach.position >= 12 or reach.position = reach.newest
)

select
    period_kind,
    period_start,
    period_end,
    cast(months as bigint) as months,
    cast(period_end - period_start + 1 as bigint) as days,
    position = newest as is_latest
from spans
