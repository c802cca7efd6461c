select
    event_id,
    started_on,
    ended_on,
    scope,
    scope_id,
    kind,
    text_en,
    text_zh
from {{ ref('stg_events') }}
