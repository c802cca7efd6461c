select
    agent_id,
    window_kind,
    window_start,
    item,
    status,
    n,
    -- what graders do not agree on is not shown as if they did
    case when status <> 'graders_not_agreed' then raw_percent end as raw_percent,
    case when status = 'counts' then fair_percent end as fair_percent,
    case when status = 'counts' then minimum_percent end as minimum_percent,
    case when status = 'counts' then target_percent end as target_percent,
    case when status = 'counts' then excellent_percent end as excellent_percent,
    score
from {{ ref('int_engagement_item') }}
