{% for source in var('kpi_sources') %}
{{ standing_day_rows(source) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
