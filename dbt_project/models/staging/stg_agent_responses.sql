with source as (
    select * from {{ source('raw', 'agent_responses') }}
)

select
    response_id,
    agent_id,
    responded_on,
    about,
    nullif(trim(reference), '') as reference,
    kind,
    nullif(trim(text), '') as text,
    answered_on,
    nullif(trim(answer), '') as answer,
    outcome,
    answered_on is not null or nullif(trim(answer), '') is not null or outcome is not null as is_answered
from source
