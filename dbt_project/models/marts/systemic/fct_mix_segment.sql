{% set strata = var('case_mix_strata')['contacts'] -%}
with contributions as (
    select
        *,
        round(mix_part + performance_part, 9) as contribution
    from {{ ref('int_mix_stratum') }}
),

ordered as (
    select
        *,
        row_number() over (
            partition by kpi_id, window_kind, window_start order by abs(contribution) desc, stratum
        ) as position
    from contributions
)

select
    kpi_id,
    window_kind,
    window_start,
    cast(position as bigint) as position,
    {% for column in ['channel', 'queue', 'reason', 'segment'] %}
    {% if column in strata -%}
    nullif(split_part(stratum, '|', {{ strata.index(column) + 1 }}), '') as {{ column }},
    {%- else -%}
    cast(null as varchar) as {{ column }},
    {%- endif %}
    {% endfor %}
    round(share_before, 9) as share_before,
    round(share_after, 9) as share_after,
    round(rate_before, 9) as value_before,
    round(rate_after, 9) as value_after,
    round(mix_part, 9) as mix_part,
    round(performance_part, 9) as performance_part,
    contribution
from ordered
where position <= 5
