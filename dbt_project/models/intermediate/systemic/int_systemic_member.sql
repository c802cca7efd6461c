-- How far each agent is from the target of the own role, on the scale of the analysis and signed so that negative is short of
-- it. Measured from one's own target, roles with different standards can be judged together.
with standings as (
    select
        standings.*,
        rules.no_reference_share as no_reference_limit
    from {{ ref('int_standing') }} as standings
    inner join {{ ref('int_rule') }} as rules
        on standings.window_kind = rules.window_kind and standings.window_start = rules.window_start
    where standings.window_kind in ('quarter', 'all') and standings.better <> 'neutral'
),

placed as (
    select
        standings.*,
        coalesce(own.target, everybody.target) as target,
        case when standings.better = 'lower' then -1e0 else 1e0 end as good
    from standings
    left join {{ ref('int_window_standard') }} as own
        on standings.window_kind = own.window_kind
        and standings.window_start = own.window_start
        and standings.kpi_id = own.kpi_id
        and standings.role = own.role
    left join {{ ref('int_window_standard') }} as everybody
        on standings.window_kind = everybody.window_kind
        and standings.window_start = everybody.window_start
        and standings.kpi_id = everybody.kpi_id
        and everybody.role = '*'
),

scaled as (
    select
        *,
        {{ to_analysis_scale('target', 'centre_value') }} as target_y,
        count(target) over (partition by kpi_id, window_kind, window_start) as with_target
    from placed
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    team_id,
    coalesce(team_id, '') as team_key,
    family,
    good,
    centre_value,
    adjusted_value,
    v,
    target,
    target_y,
    good * (y - target_y) + 0e0 as distance,
    case
        when target_y is null then 'no_target'
        when no_reference_share > no_reference_limit or not coalesce(v > 0e0, false) then 'not_comparable'
        else 'compared'
    end as standing
from scaled
where with_target > 0
