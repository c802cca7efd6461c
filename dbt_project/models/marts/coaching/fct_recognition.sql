with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

improvements as (
    select
        changes.window_kind,
        changes.window_start,
        changes.agent_id,
        'improvement' as source,
        changes.kpi_id as reference,
        changes.kpi_id,
        {{ rule_now('recognition_points_improvement') }} as points,
        changes.amount,
        changes.probability,
        windows.window_end as earned_on
    from {{ ref('int_recognition_improvement') }} as changes
    inner join windows
        on changes.window_kind = windows.window_kind and changes.window_start = windows.window_start
    where changes.is_improved
),

plans as (
    select
        window_kind,
        window_start,
        agent_id,
        'plan_achieved' as source,
        reference,
        kpi_id,
        {{ rule_now('recognition_points_plan') }} as points,
        cast(null as double) as amount,
        cast(null as double) as probability,
        achieved_on as earned_on
    from {{ ref('int_recognition_goal') }}
),

team_goals as (
    select
        members.window_kind,
        members.window_start,
        members.agent_id,
        'team_goal' as source,
        goals.kpi_id as reference,
        goals.kpi_id,
        {{ rule_now('recognition_points_team_goal') }} as points,
        cast(null as double) as amount,
        goals.probability,
        members.window_end as earned_on
    from {{ ref('int_agent_window') }} as members
    inner join {{ ref('int_recognition_team_goal') }} as goals
        on members.window_kind = goals.window_kind and members.window_start = goals.window_start
        and members.team_id = goals.team_id
    where goals.is_reached
),

model_cases as (
    select
        windows.window_kind,
        windows.window_start,
        cases.agent_id,
        'model_case' as source,
        cases.case_id as reference,
        cast(null as varchar) as kpi_id,
        {{ rule_now('recognition_points_model_case') }} as points,
        cast(null as double) as amount,
        cast(null as double) as probability,
        cases.marked_on as earned_on
    from {{ ref('stg_model_cases') }} as cases
    inner join windows on cases.marked_on between windows.window_start and windows.window_end
    where cases.is_agreed
),

earned as (
    select * from improvements
    union all
    select * from plans
    union all
    select * from team_goals
    union all
    select * from model_cases
)

select
    earned.window_kind,
    earned.window_start,
    windows.is_current,
    earned.agent_id,
    membership.team_id,
    earned.source,
    earned.reference,
    earned.kpi_id,
    earned.points,
    earned.amount,
    earned.probability,
    earned.earned_on
from earned
inner join windows on earned.window_kind = windows.window_kind and earned.window_start = windows.window_start
left join {{ ref('int_membership') }} as membership
    on earned.agent_id = membership.agent_id
    and windows.window_end >= membership.from_day
    and windows.window_end < membership.until_day
-- a rule of no points switches a source off
where earned.points > 0
