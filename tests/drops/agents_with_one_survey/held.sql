select agent_id, count(*), avg(score) from raw.surveys group by agent_id order by agent_id
