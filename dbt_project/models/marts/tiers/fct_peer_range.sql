select
    standings.kpi_id,
    standings.window_kind,
    standings.window_start,
    standings.peer,
    count(*) as people,
    round(quantile_cont(standings.steadied_value, 0.25e0), 9) as middle_low,
    round(quantile_cont(standings.steadied_value, 0.75e0), 9) as middle_high
from {{ ref('fct_standing') }} as standings
inner join {{ ref('int_rule') }} as rules
    on standings.window_kind = rules.window_kind and standings.window_start = rules.window_start
where standings.weight is not null
group by
    standings.kpi_id,
    standings.window_kind,
    standings.window_start,
    standings.peer,
    rules.group_min_people
having
    count(*) > rules.group_min_people
    -- where nothing tells people apart there is no middle half
    and max(standings.steadied_value) > min(standings.steadied_value)
