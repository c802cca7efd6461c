select agent_id, count(*), count(*) filter (talk_seconds < 10) from raw.contacts group by agent_id
