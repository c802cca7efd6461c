select agent_id, worked_minutes, adherent_minutes from raw.attendance order by agent_id
