select
    anchors.role,
    anchors.kpi_id,
    anchors.weight,
    round(anchors.minimum, 9) as minimum,
    round(anchors.target, 9) as target,
    round(anchors.excellent, 9) as excellent,
    anchors.basis,
    anchors.anchors_source,
    anchors.owner,
    weights.owner as weight_owner,
    weights.valid_from as weight_valid_from
from {{ ref('int_anchor') }} as anchors
inner join {{ ref('int_window') }} as windows
    on anchors.window_kind = windows.window_kind and anchors.window_start = windows.window_start and windows.is_current
inner join {{ ref('int_weight') }} as weights
    on anchors.window_kind = weights.window_kind and anchors.window_start = weights.window_start
    and anchors.role = weights.role and anchors.kpi_id = weights.kpi_id
