with source as (
    select * from {{ source('raw', 'contacts') }}
)

select
    contact_id,
    agent_id,
    started_at,
    cast(started_at as date) as day,
    channel,
    coalesce(direction, 'inbound') as direction,
    queue,
    reason,
    segment,
    -- an outbound attempt is not offered to the centre: who is not reached did not give up waiting
    coalesce(direction, 'inbound') = 'inbound' and (is_offered or (is_answered and is_offered is not null)) as is_offered,
    is_answered,
    not is_answered and coalesce(wait_seconds < {{ var('short_abandon_seconds') }}, false) as is_short_abandon,
    wait_seconds,
    talk_seconds,
    hold_seconds,
    acw_seconds,
    first_response_seconds,
    is_transferred,
    is_resolved,
    is_complaint,
    released_by,
    customer_key
from source
