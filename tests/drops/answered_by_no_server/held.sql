select started_at, is_answered, agent_id, talk_seconds from raw.contacts order by started_at
