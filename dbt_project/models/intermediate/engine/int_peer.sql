select
    standing.kpi_id,
    standing.window_kind,
    standing.window_start,
    standing.peer,
    any_value(between_agents.k) as k,
    any_value(between_agents.r) as r,
    any_value(between_agents.tau2) as tau2,
    sum(standing.y / (standing.v + between_agents.tau2)) / sum(1e0 / (standing.v + between_agents.tau2)) as mu,
    1e0 / sum(1e0 / (standing.v + between_agents.tau2)) as vmu
from {{ ref('int_standing') }} as standing
inner join {{ ref('int_between_agents') }} as between_agents
    on standing.kpi_id = between_agents.kpi_id
    and standing.window_kind = between_agents.window_kind and standing.window_start = between_agents.window_start
group by standing.kpi_id, standing.window_kind, standing.window_start, standing.peer
