{{ config(materialized='view') }}

with followed as (
    select kpi_id from {{ ref('int_goal_span') }}
    group by kpi_id
)

{% for source in var('kpi_sources') %}
{{ goal_day_rows(source) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
