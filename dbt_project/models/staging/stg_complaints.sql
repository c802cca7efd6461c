with source as (
    select * from {{ source('raw', 'complaints') }}
)

select
    complaint_id,
    customer_key,
    received_at,
    contact_id,
    agent_id,
    coalesce(verdict, 'open') as verdict,
    coalesce(verdict = 'justified', false) as is_upheld,
    complaint_type,
    due_at,
    closed_at
from source
