-- Whole weeks, the newest one with data being the last of thirteen.
with span as (
    select
        cast(date_trunc('week', last_day) as date) - 84 as first_day,
        last_day
    from {{ ref('int_data_span') }}
),

days as (
    select
        workday.agent_id,
        workday.day,
        cast(workday.due_minutes as decimal(18, 6)) as due_minutes,
        cast(workday.present_minutes as decimal(18, 6)) as present_minutes,
        workday.approved_leave_minutes
    from {{ ref('int_workday') }} as workday
    inner join span on workday.day between span.first_day and span.last_day
    -- time that nobody recorded is neither worked nor missed
    where workday.present_minutes is not null
),

grouped as (
    select
        'agent' as grain,
        agent_id as entity_id,
        day,
        1 as people,
        due_minutes,
        present_minutes,
        approved_leave_minutes > 0e0 as has_leave
    from days
    where due_minutes > 0 or approved_leave_minutes > 0e0
    union all
    select
        'team' as grain,
        membership.team_id as entity_id,
        days.day,
        count(*) as people,
        sum(days.due_minutes) as due_minutes,
        sum(days.present_minutes) as present_minutes,
        false as has_leave
    from days
    inner join {{ ref('int_membership') }} as membership
        on days.agent_id = membership.agent_id
        and days.day >= membership.from_day and days.day < membership.until_day
    where days.due_minutes > 0
    group by membership.team_id, days.day
),

shares as (
    select
        grain,
        entity_id,
        day,
        people,
        has_leave,
        round(cast(present_minutes as double) / nullif(cast(due_minutes as double), 0e0), 9) as share
    from grouped
)

select
    grain,
    entity_id,
    day,
    cast(people as bigint) as people,
    share,
    case
        when share is null and has_leave then 'leave'
        when share >= {{ rule_now('attendance_day_whole') }} then 'whole'
        when grain = 'agent' and share > 0e0 then 'part'
        when grain = 'agent' then 'not_worked'
        when share >= {{ rule_now('attendance_day_most') }} then 'most'
        when share >= {{ rule_now('attendance_day_some') }} then 'some'
        else 'fewer'
    end as attendance_class
from shares
