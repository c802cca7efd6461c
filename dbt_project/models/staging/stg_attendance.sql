with source as (
    select * from {{ source('raw', 'attendance') }}
)

select
    agent_id,
    work_date as day,
    scheduled_minutes,
    -- time outside the plan cannot be approved leave
    least(coalesce(approved_leave_minutes, 0e0), scheduled_minutes) as approved_leave_minutes,
    worked_minutes,
    adherent_minutes,
    available_minutes,
    status
from source
