with source as (
    select * from {{ source('raw', 'contact_totals') }}
)

select
    scope,
    scope_id,
    first_day,
    last_day,
    channel,
    direction,
    offered,
    answered,
    abandoned,
    talk_seconds,
    handle_seconds
from source
