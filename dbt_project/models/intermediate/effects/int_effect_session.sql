-- Who took part in what, on which day. Routine talks outside a programme go on with everybody, coached or not, and are
-- therefore no programme. Somebody invited to a course who did not come was not trained.
with attended as (
    select
        'coaching' as programme_kind,
        programme as programme_id,
        agent_id,
        held_on as day
    from {{ ref('stg_coaching_log') }}
    where programme is not null
    union all
    select
        'course' as programme_kind,
        course_id as programme_id,
        agent_id,
        day
    from {{ ref('int_training_seat') }}
    where is_present
)

select
    programme_kind,
    programme_id,
    agent_id,
    day
from attended
group by programme_kind, programme_id, agent_id, day
