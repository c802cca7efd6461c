select
    people.window_kind,
    people.window_start,
    people.agent_id,
    people.team_id,
    people.tier,
    people.tenure_band,
    sessions.coaching_id,
    sessions.trigger,
    coalesce(sessions.minutes, 0e0) as minutes,
    sessions.acknowledged_on is not null as is_acknowledged
from {{ ref('int_session_person') }} as people
inner join {{ ref('int_session_agent') }} as sessions
    on people.agent_id = sessions.agent_id
    and people.window_start <= sessions.held_on
    and people.window_end >= sessions.held_on
