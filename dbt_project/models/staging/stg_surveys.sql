with source as (
    select * from {{ source('raw', 'surveys') }}
)

select
    survey_id,
    contact_id,
    agent_id,
    answered_at,
    cast(answered_at as date) as day,
    score,
    scale_min,
    scale_max,
    score >= scale_max - 1 as is_top_two
from source
