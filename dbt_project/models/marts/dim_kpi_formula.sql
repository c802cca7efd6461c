{% for kpi in var('kpis') %}
{% set source = kpi['from'][:-1] %}
select
    {{ text_literal(kpi['id']) }} as kpi_id,
    {{ text_literal(kpi_formula(kpi, kpi['counts'])) }} as formula_sql,
    {{ text_literal(kpi_formula(kpi, kpi.get('counts_for_people', kpi['counts']))) }} as formula_people_sql,
    {{ text_literal(with_settings(kpi.get('weight', ''))) }} as weight_sql,
    {{ text_literal('int_index_sum' if kpi['family'] == 'index' else 'int_' ~ source ~ '_period') }} as sums_model,
    {{ text_literal('' if kpi['family'] == 'index' else 'int_' ~ source) }} as source_model,
    cast({{ var('judge_min_observations') }} as bigint) as judge_min_observations
{% if not loop.last %}union all{% endif %}
{% endfor %}
