select agent_id, name, team_id, valid_from from raw.agents order by agent_id, valid_from
