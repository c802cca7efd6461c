{#- KPIs with a minimum that people may stop at. Any of the catalogue that has agent days will do. -#}
{%- set watched = ['adherence'] -%}
-- Each agent's days as distances from the minimum of the own role, positive where the day meets it.
with days as (
    {% for kpi in var('kpis') if kpi['id'] in watched %}
    select
        '{{ kpi["id"] }}' as kpi_id,
        agent_id,
        day,
        {{ "-1e0" if kpi["better"] == "lower" else "1e0" }} as good,
        sum({{ with_settings(kpi['measure']) }}) as measure,
        {{ 'sum(' ~ with_settings(kpi['weight']) ~ ')' if 'weight' in kpi else 'cast(count(*) as double)' }} as weight
    from {{ ref('int_' ~ kpi['from'][:-1]) }}
    where {{ with_settings(kpi['counts']) }} and agent_id is not null
    group by agent_id, day
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

placed as (
    select
        days.*,
        days.measure / nullif(days.weight, 0e0) as value,
        agents.window_kind,
        agents.window_start,
        agents.team_id,
        coalesce(own.minimum, everybody.minimum) as minimum
    from days
    inner join {{ ref('int_window') }} as windows
        on days.day >= windows.window_start
        and days.day <= windows.window_end
        and windows.window_kind in ('quarter', 'all')
    inner join {{ ref('int_agent_window') }} as agents
        on days.agent_id = agents.agent_id
        and windows.window_kind = agents.window_kind
        and windows.window_start = agents.window_start
    left join {{ ref('int_window_standard') }} as own
        on agents.window_kind = own.window_kind
        and agents.window_start = own.window_start
        and days.kpi_id = own.kpi_id
        and agents.role = own.role
    left join {{ ref('int_window_standard') }} as everybody
        on agents.window_kind = everybody.window_kind
        and agents.window_start = everybody.window_start
        and days.kpi_id = everybody.kpi_id
        and everybody.role = '*'
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    team_id,
    day,
    minimum,
    round(good * (value - minimum), 9) as distance,
    -- whole minutes of a planned day leave a value only so many places to be
    case when measure = round(measure) then 1e0 / weight end as grid_step
from placed
where value is not null and minimum is not null
