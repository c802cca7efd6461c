select agent_id, queue from raw.contacts order by agent_id
