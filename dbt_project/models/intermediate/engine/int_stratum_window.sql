{% set keys = ['window_kind', 'window_start'] -%}
with {% for source in var('kpi_sources') -%}
{%- set strata = var('case_mix_strata').get(source, []) -%}
{{ source }} as (
    select
        months.window_kind,
        months.window_start,
        {%- for column in strata %}
        cells.{{ column }},
        {%- endfor %}
        {{ standing_resums(source) }}
    from {{ ref('int_' ~ source[:-1] ~ '_cell') }} as cells
    inner join {{ ref('int_window_month') }} as months
        on cells.month_start = months.month_start and months.window_kind in ('month', 'quarter')
    group by
        months.window_kind,
        months.window_start{% for column in strata %},
        cells.{{ column }}{% endfor %}

){{ "," if not loop.last }}

{% endfor -%}

{% for source in var('kpi_sources') %}
{{ standing_rows(source, source, keys) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
