with source as (
    select * from {{ source('raw', 'agents') }}
)

select
    agent_id,
    coalesce(name, agent_id) as name,
    team_id,
    -- who calls customers is judged by what that work asks for, whatever the product
    case when direction = 'outbound' then 'outbound' else role end as role,
    hire_date,
    left_date,
    programme,
    shift,
    tenure_band,
    valid_from,
    lead(valid_from) over (partition by agent_id order by valid_from) as valid_until
from source
