select agent_id, team_id, valid_from from raw.agents order by agent_id, valid_from
