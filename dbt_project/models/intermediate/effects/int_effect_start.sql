select
    programme_kind,
    programme_id,
    agent_id,
    min(day) as first_day,
    cast(date_trunc('month', min(day)) as date) as start_month
from {{ ref('int_effect_session') }}
group by programme_kind, programme_id, agent_id
