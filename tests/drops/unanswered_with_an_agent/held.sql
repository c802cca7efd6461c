select agent_id, count(*), count(*) filter (is_answered) from raw.contacts group by agent_id order by agent_id
