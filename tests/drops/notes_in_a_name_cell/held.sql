select agent_id, name, leader from raw.agents order by agent_id
