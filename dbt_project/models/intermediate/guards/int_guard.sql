select
    pairs.kpi_id,
    standings.guard_kpi_id,
    standings.window_kind,
    standings.window_start,
    standings.agent_id,
    standings.z,
    coalesce(
        {{ is_red('standings.z', 'standings.better', 'standings.guard_z', 'standings.o - standings.e') }}, false
    ) as is_red
from {{ ref('int_guard_standing') }} as standings
inner join {{ ref('int_guard_pair') }} as pairs on standings.guard_kpi_id = pairs.guard_kpi_id
