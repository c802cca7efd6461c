{#- attendance may also be made of states -#}
{% set needs = [] %}
{% for kpi in var('kpis') %}
    {% for need in kpi['needs'] if need not in needs %}
        {% do needs.append(need) %}
    {% endfor %}
{% endfor %}
{% for need in needs %}
select
    '{{ need }}' as need,
    exists(
        select 1 from {{ ref('int_attendance' if need.startswith('attendance.') else 'stg_' ~ need.split('.')[0]) }}
        where {{ need.split('.')[1] }} is not null
    ) as is_delivered
{% if not loop.last %}union all{% endif %}
{% endfor %}
