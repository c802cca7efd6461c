with source as (
    select * from {{ source('raw', 'coaching_log') }}
)

select
    coaching_id,
    goal_number,
    agent_id,
    coach,
    held_on,
    form,
    nullif(trim(programme), '') as programme,
    topic,
    trigger,
    minutes,
    nullif(trim(kpi_id), '') as kpi_id,
    baseline_value,
    target_value,
    due_on,
    coalesce(horizon, 'short') as horizon,
    nullif(trim(measure), '') as measure,
    nullif(trim(steps), '') as steps,
    nullif(trim(owner), '') as owner,
    nullif(trim(resources), '') as resources,
    nullif(trim(career_goal), '') as career_goal,
    coalesce(status, 'agreed') as status,
    agent_comment,
    acknowledged_on
from source
where held_on is not null
