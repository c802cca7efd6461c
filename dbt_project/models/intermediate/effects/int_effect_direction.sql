-- Inbound and outbound work change for different reasons, so people are compared within one of them.
select
    agent_id,
    case
        when count(*) filter (where direction = 'outbound') > count(*) filter (where direction <> 'outbound') then 'outbound'
        else 'inbound'
    end as direction
from {{ ref('stg_contacts') }}
where agent_id is not null and is_answered
group by agent_id
