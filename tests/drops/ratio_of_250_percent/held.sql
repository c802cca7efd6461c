select agent_id, scheduled_minutes, adherent_minutes from raw.attendance order by agent_id
