{% set keys = ['window_kind', 'window_start', 'agent_id'] -%}
-- Months are wanted only where somebody looks for the effect of coaching or training.
with followed as (
    select kpi_id from {{ ref('int_effect_outcome') }}
    union
    select outcome_kpi_id as kpi_id from {{ ref('int_coaching_goal') }}
),

{% for source in var('kpi_sources') -%}
{%- set strata = var('case_mix_strata').get(source, []) -%}
{{ source }}_windows as (
    select
        months.window_kind,
        months.window_start,
        cells.agent_id,
        {%- for column in strata %}
        cells.{{ column }},
        {%- endfor %}
        {{ standing_resums(source) }}
    from {{ ref('int_' ~ source[:-1] ~ '_cell') }} as cells
    inner join {{ ref('int_window_month') }} as months on cells.month_start = months.month_start
    group by
        months.window_kind,
        months.window_start,
        cells.agent_id{% for column in strata %},
        cells.{{ column }}{% endfor %}

){{ "," if not loop.last }}

{% endfor -%}

{% for source in var('kpi_sources') %}
{{ standing_rows(source, source ~ '_windows', keys, "(window_kind <> 'month' or '{kpi}' in (select kpi_id from followed))") }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
