with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

steady_hand as (
    select
        window_kind,
        window_start,
        agent_id,
        'steady_hand' as badge,
        'critical_error_rate' as reference,
        'critical_error_rate' as kpi_id,
        0e0 as amount,
        forms as n,
        window_end as earned_on
    from {{ ref('int_recognition_steady') }}
),

rising as (
    select
        rising.window_kind,
        rising.window_start,
        rising.agent_id,
        'rising' as badge,
        'score' as reference,
        cast(null as varchar) as kpi_id,
        rising.slope_points_per_quarter as amount,
        rising.quarters as n,
        windows.window_end as earned_on
    from {{ ref('fct_rising') }} as rising
    inner join windows on rising.window_kind = windows.window_kind and rising.window_start = windows.window_start
    where rising.is_rising
),

goal_reached as (
    select
        window_kind,
        window_start,
        agent_id,
        'goal_reached' as badge,
        reference,
        kpi_id,
        value_since as amount,
        n,
        achieved_on as earned_on
    from {{ ref('int_recognition_goal') }}
),

personal_best as (
    select
        windows.window_kind,
        windows.window_start,
        bests.agent_id,
        'personal_best' as badge,
        bests.kpi_id as reference,
        bests.kpi_id,
        bests.value as amount,
        bests.n,
        last_day(bests.month_start) as earned_on
    from {{ ref('fct_personal_best') }} as bests
    inner join windows on bests.month_start between windows.window_start and windows.window_end
),

customer_praise as (
    select
        praise.window_kind,
        praise.window_start,
        praise.agent_id,
        'customer_praise' as badge,
        praise.kpi_id as reference,
        praise.kpi_id,
        praise.steadied_value as amount,
        praise.n,
        windows.window_end as earned_on
    from {{ ref('int_recognition_praise') }} as praise
    inner join windows on praise.window_kind = windows.window_kind and praise.window_start = windows.window_start
),

-- a case that others learn from, or being there to be asked
helper as (
    select
        windows.window_kind,
        windows.window_start,
        cases.agent_id,
        'helper' as badge,
        cases.case_id as reference,
        cast(null as varchar) as kpi_id,
        cast(null as double) as amount,
        cast(null as bigint) as n,
        cases.marked_on as earned_on
    from {{ ref('stg_model_cases') }} as cases
    inner join windows on cases.marked_on between windows.window_start and windows.window_end
    where cases.is_agreed
    union all
    select
        windows.window_kind,
        windows.window_start,
        choices.agent_id,
        'helper' as badge,
        'mentor' as reference,
        cast(null as varchar) as kpi_id,
        cast(null as double) as amount,
        cast(null as bigint) as n,
        greatest(choices.valid_from, windows.window_start) as earned_on
    from {{ ref('stg_agent_choices') }} as choices
    inner join windows
        on choices.valid_from <= windows.window_end
        and (choices.valid_until is null or choices.valid_until > windows.window_end)
    inner join {{ ref('int_agent_window') }} as members
        on choices.agent_id = members.agent_id
        and windows.window_kind = members.window_kind and windows.window_start = members.window_start
    where choices.choice = 'mentor' and choices.is_agreed
),

quick_start as (
    select
        starts.window_kind,
        starts.window_start,
        starts.agent_id,
        'quick_start' as badge,
        'score' as reference,
        cast(null as varchar) as kpi_id,
        starts.lead_points as amount,
        starts.contacts as n,
        windows.window_end as earned_on
    from {{ ref('int_recognition_start') }} as starts
    inner join windows on starts.window_kind = windows.window_kind and starts.window_start = windows.window_start
),

earned as (
    {% for badge in ['steady_hand', 'rising', 'goal_reached', 'personal_best', 'customer_praise', 'helper', 'quick_start'] %}
    select * from {{ badge }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    earned.window_kind,
    earned.window_start,
    windows.is_current,
    earned.agent_id,
    membership.team_id,
    earned.badge,
    earned.reference,
    earned.kpi_id,
    round(earned.amount, 9) as amount,
    cast(earned.n as bigint) as n,
    earned.earned_on
from earned
inner join windows on earned.window_kind = windows.window_kind and earned.window_start = windows.window_start
left join {{ ref('int_membership') }} as membership
    on earned.agent_id = membership.agent_id
    and windows.window_end >= membership.from_day
    and windows.window_end < membership.until_day
