-- A centre that delivers attendance is judged by it; states fill in the days of people it says nothing of.
select
    agent_id,
    day,
    scheduled_minutes,
    approved_leave_minutes,
    worked_minutes,
    adherent_minutes,
    available_minutes,
    status,
    false as is_from_states
from {{ ref('stg_attendance') }}
union all
select
    states.agent_id,
    states.day,
    states.scheduled_minutes,
    states.approved_leave_minutes,
    states.worked_minutes,
    states.adherent_minutes,
    states.available_minutes,
    states.status,
    true as is_from_states
from {{ ref('int_state_day') }} as states
anti join {{ ref('stg_attendance') }} as attendance
    on states.agent_id = attendance.agent_id and states.day = attendance.day
