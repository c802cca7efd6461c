select
    agent_id,
    window_kind,
    window_start,
    item,
    status,
    n,
    -- what graders do not agree on is not shown as if they did
    case when status <> 'graders_not_agreed' then round(raw_percent, 9) end as raw_percent,
    case when status = 'counts' then round(steadied_percent, 9) end as steadied_percent,
    case when status = 'counts' then round(minimum_percent, 9) end as minimum_percent,
    case when status = 'counts' then round(target_percent, 9) end as target_percent,
    case when status = 'counts' then round(excellent_percent, 9) end as excellent_percent,
    round(score, 9) as score
from {{ ref('int_engagement_item') }}
