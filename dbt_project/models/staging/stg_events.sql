with source as (
    select * from {{ source('raw', 'events') }}
)

select
    event_id,
    started_on,
    ended_on,
    scope,
    scope_id,
    kind,
    text_en,
    coalesce(text_zh, text_en) as text_zh
from source
