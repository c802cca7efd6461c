with source as (
    select * from {{ source('raw', 'agent_choices') }}
)

select
    agent_id,
    choice,
    is_agreed,
    valid_from,
    lead(valid_from) over (partition by agent_id, choice order by valid_from) as valid_until
from source
