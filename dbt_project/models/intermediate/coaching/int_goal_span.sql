-- The days on which a goal can be followed: from the day after the session to the due day or the last day whose observations
-- are settled. The session's own day is partly before it.
with span as (
    select * from {{ ref('int_data_span') }}
    where last_day is not null
),

dated as (
    select
        goals.*,
        span.last_day - cast(goals.settles_after_days as integer) as last_settled_day,
        case when goals.better = 'lower' then -1e0 else 1e0 end as good
    from {{ ref('int_goal_agreed') }} as goals
    cross join span
    where goals.names_kpi
        and goals.baseline_value is not null
        and goals.target_value is not null
        and goals.due_on > goals.held_on
)

select
    coaching_id,
    goal_number,
    agent_id,
    kpi_id,
    family,
    good,
    month_start,
    held_on,
    due_on,
    greatest(held_on, least(due_on, last_settled_day)) as as_of,
    -- what counts when the time is over: the last third, at most a month of it
    due_on - cast(least(30e0, ceil((due_on - held_on) / 3e0)) as integer) + 1 as closing_from,
    baseline_value,
    target_value,
    kpi_id in ('{{ goal_kpis() | join("', '") }}') as is_observable,
    due_on < last_settled_day as is_due
from dated
