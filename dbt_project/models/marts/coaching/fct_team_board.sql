with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

teams as (
    select
        members.window_kind,
        members.window_start,
        members.team_id,
        count(*) as people
    from {{ ref('int_agent_window') }} as members
    inner join {{ ref('int_rule') }} as rules
        on members.window_kind = rules.window_kind and members.window_start = rules.window_start
    where members.team_id is not null
    group by members.window_kind, members.window_start, members.team_id
    having count(*) >= max(rules.group_min_people)
),

earned as (
    select
        window_kind,
        window_start,
        team_id,
        sum(points) as points,
        count(distinct agent_id) filter (where source = 'improvement') as improved_people
    from {{ ref('fct_recognition') }}
    group by window_kind, window_start, team_id
),

achieved as (
    select
        goals.window_kind,
        goals.window_start,
        membership.team_id,
        count(*) as goals
    from {{ ref('int_recognition_goal') }} as goals
    inner join windows on goals.window_kind = windows.window_kind and goals.window_start = windows.window_start
    inner join {{ ref('int_membership') }} as membership
        on goals.agent_id = membership.agent_id
        and windows.window_end >= membership.from_day
        and windows.window_end < membership.until_day
    group by goals.window_kind, goals.window_start, membership.team_id
),

due as (
    select
        windows.window_kind,
        windows.window_start,
        membership.team_id,
        count(*) as goals
    from {{ ref('fct_coaching_plan') }} as plans
    inner join windows on plans.due_on between windows.window_start and windows.window_end
    inner join {{ ref('int_membership') }} as membership
        on plans.agent_id = membership.agent_id
        and windows.window_end >= membership.from_day
        and windows.window_end < membership.until_day
    group by windows.window_kind, windows.window_start, membership.team_id
),

targets as (
    select
        window_kind,
        window_start,
        team_id,
        count(*) as kpis,
        count(*) filter (where is_reached) as kpis_reached
    from {{ ref('int_recognition_team_goal') }}
    group by window_kind, window_start, team_id
),

boards as (
    select
        teams.window_kind,
        teams.window_start,
        windows.is_current,
        windows.position as window_position,
        teams.team_id,
        teams.people,
        coalesce(earned.points, 0e0) as points,
        round(coalesce(earned.points, 0e0) / teams.people, 9) as points_per_person,
        coalesce(earned.improved_people, 0) as improved_people,
        coalesce(achieved.goals, 0) as plans_achieved,
        coalesce(due.goals, 0) as plans_due,
        coalesce(targets.kpis_reached, 0) as kpis_on_target,
        coalesce(targets.kpis, 0) as kpis_with_target
    from teams
    inner join windows on teams.window_kind = windows.window_kind and teams.window_start = windows.window_start
    {% for part in ['earned', 'achieved', 'due', 'targets'] %}
    left join {{ part }}
        on teams.team_id = {{ part }}.team_id
        and teams.window_kind = {{ part }}.window_kind and teams.window_start = {{ part }}.window_start
    {% endfor %}
)

select
    boards.window_kind,
    boards.window_start,
    boards.is_current,
    boards.team_id,
    cast(row_number() over (
        partition by boards.window_kind, boards.window_start
        order by boards.team_id
    ) as bigint) as position,
    cast(boards.people as bigint) as people,
    round(boards.points, 9) as points,
    boards.points_per_person,
    cast(boards.improved_people as bigint) as improved_people,
    cast(boards.plans_achieved as bigint) as plans_achieved,
    cast(boards.plans_due as bigint) as plans_due,
    cast(boards.kpis_on_target as bigint) as kpis_on_target,
    cast(boards.kpis_with_target as bigint) as kpis_with_target,
    before.points_per_person as points_per_person_before
from boards
left join boards as before
    on boards.team_id = before.team_id
    and boards.window_kind = before.window_kind
    and boards.window_position = before.window_position + 1
    -- in the first window nothing can have improved yet
    and before.window_position > 1
