with source as (
    select * from {{ source('raw', 'callbacks') }}
)

select
    callback_id,
    agent_id,
    contact_id,
    customer_key,
    promised_at,
    due_at,
    cast(due_at as date) as due_day,
    done_at,
    coalesce(done_at <= due_at, false) as is_on_time
from source
