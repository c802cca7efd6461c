{#- What everybody together did in a stratum, at three levels of likeness; an agent's own part is taken out later. -#}
{% set levels = {'stratum': 'stratum', 'coarse': 'coarse_stratum', 'everyone': "''"} -%}
with cells as (
    select * from {{ ref('int_cell') }}
)

{% for level, key in levels.items() %}
select
    window_kind,
    window_start,
    kpi_id,
    '{{ level }}' as level,
    {{ key }} as stratum,
    sum(n) as n,
    sum(w) as w,
    sum(o) as o,
    -- spread of single observations within one agent's work of one kind
    greatest(0e0, sum(n / w * (ss - o * o / w)) / nullif(sum(n - 1), 0)) as within_variance
from cells
group by window_kind, window_start, kpi_id{% if level != 'everyone' %}, {{ key }}{% endif %}

{% if not loop.last %}union all{% endif %}
{% endfor %}
