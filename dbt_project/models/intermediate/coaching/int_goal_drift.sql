-- Where everybody together stood in the months before the session and in the days since: a level that moved for all moved for
-- the agent too. Totals of the days, so that days are few rows before they are added up.
with spans as (
    select
        kpi_id,
        month_start,
        held_on,
        as_of,
        cast(month_start + ({{ effect_spans()['pre1'] | min }}) * interval '1 month' as date) as before_from
    from {{ ref('int_goal_span') }}
    group by kpi_id, month_start, held_on, as_of
),

days as (
    select
        kpi_id,
        day,
        sum(w) as w,
        sum(o) as o
    from {{ ref('int_goal_kpi_day') }}
    group by kpi_id, day
),

sums as (
    select
        spans.kpi_id,
        spans.held_on,
        spans.as_of,
        sum(days.w) filter (where days.day < spans.month_start) as before_w,
        sum(days.o) filter (where days.day < spans.month_start) as before_o,
        sum(days.w) filter (where days.day > spans.held_on) as since_w,
        sum(days.o) filter (where days.day > spans.held_on) as since_o
    from spans
    inner join days
        on spans.kpi_id = days.kpi_id
        and spans.before_from <= days.day
        and spans.as_of >= days.day
    group by spans.kpi_id, spans.held_on, spans.as_of
)

select
    kpi_id,
    held_on,
    as_of,
    round(before_o / before_w, 9) as before_value,
    round(since_o / since_w, 9) as since_value
from sums
where before_w > 0 and since_w > 0
