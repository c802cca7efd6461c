select agent_id, work_date, worked_minutes, status from raw.attendance order by agent_id, work_date
