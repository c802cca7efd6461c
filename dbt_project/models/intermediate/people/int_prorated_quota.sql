-- Part-time people and leavers plan less of a month; a full month is what full-time people planned, and full-time is who
-- comes within a tenth of the busiest tenth.
{% set busy_quantile, full_time_share = '0.9e0', '0.9e0' -%}
with span as (
    select * from {{ ref('int_data_span') }}
),

-- of a month that the data cover in part, the plan is known in part: a full month is that much longer
months as (
    select
        calendar.period_start as month_start,
        calendar.period_end as month_end,
        cast(least(calendar.period_end, span.last_day) - greatest(calendar.period_start, span.first_day) + 1 as double)
        / (calendar.period_end - calendar.period_start + 1) as covered_share
    from {{ ref('dim_period') }} as calendar
    cross join span
    where calendar.period_kind = 'month'
),

planned as (
    select
        agent_id,
        {{ period_start('month', 'day', none) }} as month_start,
        round(sum(scheduled_minutes), 6) as minutes,
        cast(count(*) as double) as days
    from {{ ref('int_workday') }}
    where scheduled_minutes > 0e0
    group by agent_id, {{ period_start('month', 'day', none) }}
),

busy as (
    select
        month_start,
        quantile_disc(minutes, {{ busy_quantile }}) as minutes
    from planned
    group by month_start
),

full_time as (
    select
        planned.month_start,
        median(planned.minutes) as minutes,
        median(planned.days) as days
    from planned
    inner join busy on planned.month_start = busy.month_start
    where planned.minutes >= {{ full_time_share }} * busy.minutes
    group by planned.month_start
),

due as (
    select
        workdays.agent_id,
        coalesce(membership.team_id, '') as team_id,
        {{ period_start('month', 'workdays.day', none) }} as month_start,
        sum(workdays.due_minutes) as minutes
    from {{ ref('int_workday') }} as workdays
    left join {{ ref('int_membership') }} as membership on {{ in_team('workdays.agent_id', 'workdays.day') }}
    group by workdays.agent_id, coalesce(membership.team_id, ''), {{ period_start('month', 'workdays.day', none) }}
),

-- the first known role also covers earlier days
roles as (
    select
        agent_id,
        role,
        case
            when row_number() over (partition by agent_id order by valid_from) = 1 then cast('0001-01-01' as date)
            else valid_from
        end as from_day,
        coalesce(valid_until, cast('9999-12-31' as date)) as until_day
    from {{ ref('stg_agents') }}
),

quotas as (
    select
        role,
        contacts_per_month,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by role order by valid_from), cast('9999-12-31' as date)
        ) as valid_until
    from {{ ref('role_quotas') }}
),

placed as (
    select
        due.agent_id,
        due.team_id,
        due.month_start,
        due.minutes * full_time.days / nullif(full_time.minutes, 0e0) as scheduled_days,
        full_time.days / months.covered_share as full_days,
        coalesce(own.contacts_per_month, everybody.contacts_per_month) as monthly_quota
    from due
    inner join months on due.month_start = months.month_start
    inner join full_time on due.month_start = full_time.month_start
    left join roles
        on due.agent_id = roles.agent_id and months.month_end >= roles.from_day and months.month_end < roles.until_day
    left join quotas as own
        on roles.role = own.role and months.month_end >= own.valid_from and months.month_end < own.valid_until
    left join quotas as everybody
        on everybody.role = '*' and months.month_end >= everybody.valid_from and months.month_end < everybody.valid_until
)

select
    agent_id,
    team_id,
    month_start,
    round(scheduled_days, 9) as scheduled_days,
    round(full_days, 9) as full_days,
    monthly_quota,
    round({{ prorated_quota('monthly_quota', 'scheduled_days', 'full_days') }}, 9) as prorated_quota
from placed
