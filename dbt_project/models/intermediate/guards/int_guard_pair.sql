{%- set pairs = [] -%}
{%- for kpi in var('kpis') -%}
    {%- for guarded in kpi.get('guards', []) -%}
        {%- do pairs.append((kpi['id'], guarded)) -%}
    {%- endfor -%}
{%- endfor -%}
{% for guard, guarded in pairs %}
select
    '{{ guard }}' as guard_kpi_id,
    '{{ guarded }}' as kpi_id
{% if not loop.last %}union all{% endif %}
{% else %}
select
    cast(null as varchar) as guard_kpi_id,
    cast(null as varchar) as kpi_id
where false
{% endfor %}
