-- Weeks of an agent in which both handle time and first-contact resolution rest on enough contacts.
with weekly as (
    select
        kpi_id,
        entity_id as agent_id,
        period_start,
        n,
        value
    from {{ ref('fct_kpi_value') }}
    where grain = 'agent'
        and period_kind = 'week'
        and kpi_id in ('average_handle_time', 'first_contact_resolution')
        and n >= {{ var('judge_min_observations') }}
),

paired as (
    select
        solved.agent_id,
        solved.period_start,
        cast(solved.n as double) as w,
        ln(handled.value) as x,
        solved.value as y
    from weekly as solved
    inner join weekly as handled
        on solved.agent_id = handled.agent_id
        and solved.period_start = handled.period_start
        and handled.kpi_id = 'average_handle_time'
        and handled.value > 0e0
    where solved.kpi_id = 'first_contact_resolution'
)

select
    windows.window_kind,
    windows.window_start,
    paired.agent_id,
    membership.team_id,
    paired.period_start,
    paired.w,
    paired.x,
    paired.y
from paired
inner join {{ ref('int_window') }} as windows
    on paired.period_start >= windows.window_start
    and paired.period_start + 6 <= windows.window_end
    and windows.window_kind in ('quarter', 'all')
left join {{ ref('int_membership') }} as membership
    on paired.agent_id = membership.agent_id
    and paired.period_start >= membership.from_day
    and paired.period_start < membership.until_day
