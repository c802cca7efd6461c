with {% for source in var('kpi_sources') -%}
{{ source }} as (
    {{ standing_sums(source) }}
){{ "," if not loop.last }}

{% endfor -%}

{% for source in var('kpi_sources') %}
{{ standing_rows(source, source) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
