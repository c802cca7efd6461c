select
    states.is_planned,
    states.state,
    coalesce(meaning.activity, '') as activity,
    count(*) as states,
    round(sum(states.minutes), 9) as minutes,
    min(states.day) as first_day,
    max(states.day) as last_day
from {{ ref('stg_agent_states') }} as states
left join {{ ref('int_agent_state_meaning') }} as meaning
    on states.state = meaning.state and states.day >= meaning.valid_from and states.day < meaning.valid_until
group by states.is_planned, states.state, coalesce(meaning.activity, '')
