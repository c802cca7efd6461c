{#- Wide sums per grain, entity and day. Two passes over the rows: by agent, which also gives the centre, and by kind of work
    for the KPIs that are shown by it; everything else is added up from these. Teams follow the dated roster. -#}
{%- macro kpi_day(source, relation) -%}
with by_agent as (
    select
        agent_id,
        day,
        {{ kpi_sums(source) }}
    from {{ relation }}
    group by agent_id, day
),

by_work as (
    select
        queue,
        channel,
        reason,
        day,
        {{ kpi_sums(source, only_by_work=true) }}
    from {{ relation }}
    group by queue, channel, reason, day
),

named as (
    select
        'agent' as grain,
        agent_id as entity_id,
        day,
        {{ kpi_columns(source) }}
    from by_agent
    -- a contact without an agent, queue, channel or reason counts for the centre only
    where agent_id is not null
    union all
    select
        'centre' as grain,
        'centre' as entity_id,
        day,
        {{ kpi_resums(source) }}
    from by_agent
    group by day
    {% for grain in ['queue', 'channel', 'reason'] %}
    union all
    select
        '{{ grain }}' as grain,
        {{ grain }} as entity_id,
        day,
        {{ kpi_resums(source, only_by_work=true) }}
    from by_work
    where {{ grain }} is not null
    group by {{ grain }}, day
    {% endfor %}
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

{#- Day sums added up to every period kind, each from the finest sums that suffice, beside the sums of the period
    directly before. An agent's single day is too small to show, so agents start with weeks. -#}
{%- macro kpi_period(source, relation) -%}
{%- set finer = {'week': 'days', 'month': 'days', 'quarter': 'months', 'all': 'quarters'} -%}
with span as (
    select * from {{ ref('int_data_span') }}
),

days as (
    select
        *,
        'day' as period_kind,
        day as period_start
    from {{ relation }}
),
{% for kind in ['week', 'month', 'quarter', 'all'] %}
{{ kind ~ 's' if kind != 'all' else 'whole' }} as (
    select
        finer.grain,
        finer.entity_id,
        '{{ kind }}' as period_kind,
        {{ period_start(kind, 'finer.period_start', 'span.first_day') }} as period_start,
        {{ kpi_resums(source) }}
    from {{ finer[kind] }} as finer
    cross join span
    group by finer.grain, finer.entity_id, {{ period_start(kind, 'finer.period_start', 'span.first_day') }}
),
{% endfor %}
periods as (
    {% for part in ['days', 'weeks', 'months', 'quarters', 'whole'] %}
    select
        grain,
        entity_id,
        period_kind,
        period_start,
        {{ kpi_columns(source) }}
    from {{ part }}
    {% if part == 'days' %}where grain <> 'agent'{% endif %}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

numbered as (
    select
        periods.*,
        calendar.position
    from periods
    inner join {{ ref('dim_period') }} as calendar
        on periods.period_kind = calendar.period_kind and periods.period_start = calendar.period_start
)

select
    *,
    {%- for set in kpi_column_sets(source) %}
    case when lag(position) over series = position - 1 then lag({{ set.prefix }}_{{ 'w' if set.weight else 'n' }}) over series end as {{ set.prefix }}_previous_w,
    case when lag(position) over series = position - 1 then lag({{ set.prefix }}_o) over series end as {{ set.prefix }}_previous_o
    {{- "," if not loop.last }}
    {%- endfor %}
from numbered
window series as (partition by grain, entity_id, period_kind order by period_start)
{%- endmacro -%}
