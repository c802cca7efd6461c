{#- Wide sums per grain, entity and day, in one pass over the rows. Teams come from the agents' days and the dated roster. -#}
{%- macro kpi_day(source, relation) -%}
with per_grain as (
    select
        case
            when grouping(agent_id) = 0 then 'agent'
            when grouping(queue) = 0 then 'queue'
            when grouping(channel) = 0 then 'channel'
            when grouping(reason) = 0 then 'reason'
            else 'centre'
        end as grain,
        case
            when grouping(agent_id) = 0 then agent_id
            when grouping(queue) = 0 then queue
            when grouping(channel) = 0 then channel
            when grouping(reason) = 0 then reason
            else 'centre'
        end as entity_id,
        day,
        {{ kpi_sums(source) }}
    from {{ relation }}
    group by grouping sets ((day), (agent_id, day), (queue, day), (channel, day), (reason, day))
),

named as (
    -- a contact without an agent, queue, channel or reason counts for the centre only
    select * from per_grain
    where entity_id is not null
),

per_team as (
    select
        'team' as grain,
        membership.team_id as entity_id,
        named.day,
        {{ kpi_resums(source) }}
    from named
    inner join {{ ref('int_membership') }} as membership
        on named.entity_id = membership.agent_id
        and named.day >= membership.from_day
        and named.day < membership.until_day
    where named.grain = 'agent'
    group by membership.team_id, named.day
)

select * from named
union all
select * from per_team
{%- endmacro -%}

{#- Day sums added up to every period kind. An agent's single day is too small to show, so agents start with weeks. -#}
{%- macro kpi_period(source, relation) -%}
with days as (
    select * from {{ relation }}
),

span as (
    select * from {{ ref('int_data_span') }}
)
{% for kind in period_kinds() %}
select
    days.grain,
    days.entity_id,
    '{{ kind }}' as period_kind,
    {{ period_start(kind, 'days.day', 'span.first_day') }} as period_start,
    {{ kpi_resums(source) }}
from days
cross join span
{% if kind == 'day' %}where days.grain <> 'agent'{% endif %}
group by days.grain, days.entity_id, {{ period_start(kind, 'days.day', 'span.first_day') }}
{% if not loop.last %}union all{% endif -%}
{% endfor %}
{%- endmacro -%}
