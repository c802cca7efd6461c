with roster as (
    select * from {{ ref('stg_agents') }}
    where team_id is not null
)

select
    agent_id,
    team_id,
    -- the first known team also covers earlier days: an export rarely reaches back to the first day in the team
    case
        when row_number() over (partition by agent_id order by valid_from) = 1 then cast('0001-01-01' as date)
        else valid_from
    end as from_day,
    coalesce(valid_until, cast('9999-12-31' as date)) as until_day
from roster
