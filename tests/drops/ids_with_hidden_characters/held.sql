select contact_id, agent_id from raw.contacts order by contact_id, agent_id
