with source as (
    select * from {{ source('raw', 'training') }}
)

select
    session_id,
    course_id,
    coalesce(course_name, course_id) as course_name,
    stage,
    course_type,
    trainer,
    trainer_source,
    agent_id,
    held_on as day,
    hours,
    score_points,
    absence,
    reaction_points,
    is_voluntary
from source
