select
    kpi_id,
    window_kind,
    window_start,
    previous_start,
    cast(sum(n_before) as bigint) as n_before,
    cast(sum(n_after) as bigint) as n_after,
    round(max(value_before), 9) as value_before,
    round(max(value_after), 9) as value_after,
    round(max(value_after) - max(value_before), 9) as change,
    round(sum(mix_part), 9) as mix_part,
    round(sum(performance_part), 9) as performance_part
from {{ ref('int_mix_stratum') }}
group by kpi_id, window_kind, window_start, previous_start
