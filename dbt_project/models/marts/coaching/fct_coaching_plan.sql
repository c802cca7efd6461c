with goals as (
    select * from {{ ref('stg_coaching_log') }}
),

span as (
    select * from {{ ref('int_data_span') }}
),

steps as (
    select
        coaching_id,
        goal_number,
        arg_max(status, position) as status,
        arg_max(status_on, position) as status_on
    from {{ ref('fct_goal_status') }}
    group by coaching_id, goal_number
),

plans as (
    select
        goals.*,
        sessions.team_id,
        sessions.trigger as session_trigger,
        sessions.minutes as session_minutes,
        sessions.acknowledged_on as session_acknowledged_on,
        numbers.kpi_id as outcome_kpi_id,
        numbers.names_kpi,
        numbers.baseline_value as agreed_baseline_value,
        numbers.target_value as agreed_target_value,
        steps.status as reviewed_status,
        steps.status_on,
        steps.status in ('agreed', 'in_progress') as is_open,
        span.last_day,
        dense_rank() over (partition by goals.agent_id order by goals.held_on desc, goals.coaching_id desc) = 1 as is_latest_session
    from goals
    cross join span
    inner join {{ ref('int_goal_agreed') }} as numbers
        on goals.coaching_id = numbers.coaching_id and goals.goal_number = numbers.goal_number
    inner join steps on goals.coaching_id = steps.coaching_id and goals.goal_number = steps.goal_number
    inner join {{ ref('int_session_agent') }} as sessions
        on goals.coaching_id = sessions.coaching_id and goals.agent_id = sessions.agent_id
)

select
    coaching_id,
    cast(goal_number as bigint) as goal_number,
    agent_id,
    team_id,
    coach,
    held_on,
    form,
    session_trigger as trigger,
    session_minutes as minutes,
    programme,
    {{ without_long_numbers('topic') }} as topic,
    horizon,
    outcome_kpi_id as kpi_id,
    -- a skill, or a figure that is neither good nor bad, still says what was meant
    coalesce({{ without_long_numbers('measure') }}, case when not names_kpi then {{ without_long_numbers('kpi_id') }} end) as measure,
    agreed_baseline_value as baseline_value,
    agreed_target_value as target_value,
    due_on,
    {{ without_long_numbers('steps') }} as steps,
    owner,
    {{ without_long_numbers('resources') }} as resources,
    {{ without_long_numbers('career_goal') }} as career_goal,
    reviewed_status as status,
    status_on,
    {{ without_long_numbers('agent_comment') }} as agent_comment,
    session_acknowledged_on as acknowledged_on,
    is_open,
    coalesce(is_open and due_on < last_day, false) as is_overdue,
    case when is_open then cast(due_on - last_day as bigint) end as days_left,
    is_latest_session
from plans
