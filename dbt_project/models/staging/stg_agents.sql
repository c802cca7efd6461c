with source as (
    select * from {{ source('raw', 'agents') }}
)

select
    agent_id,
    coalesce(name, agent_id) as name,
    team_id,
    role,
    hire_date,
    left_date,
    programme,
    shift,
    tenure_band,
    valid_from,
    lead(valid_from) over (partition by agent_id order by valid_from) as valid_until
from source
