{{ config(materialized='view') }}

{% for source in var('kpi_sources') %}
{{ kpi_rows(source, ref('int_' ~ source[:-1] ~ '_period')) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
