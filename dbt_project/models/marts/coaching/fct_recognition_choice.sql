select
    agents.agent_id,
    coalesce(recognition.is_agreed, {{ rule_now('recognition_default') }} >= 0.5e0) as shows_name,
    coalesce(mentor.is_agreed, false) as may_mentor,
    recognition.chosen_on
from {{ ref('dim_agent') }} as agents
left join {{ ref('int_recognition_choice') }} as recognition
    on agents.agent_id = recognition.agent_id and recognition.choice = 'recognition'
left join {{ ref('int_recognition_choice') }} as mentor
    on agents.agent_id = mentor.agent_id and mentor.choice = 'mentor'
