-- A session may have several goals and, in a group, several people; it has one trigger: what followed a failure is reactive.
with goals as (
    select * from {{ ref('stg_coaching_log') }}
),

triggers as (
    select
        coaching_id,
        case
            when bool_or(trigger = 'reactive') then 'reactive'
            when bool_or(trigger = 'proactive') then 'proactive'
        end as trigger
    from goals
    group by coaching_id
),

responses as (
    select
        reference as coaching_id,
        agent_id,
        min(responded_on) as acknowledged_on
    from {{ ref('stg_agent_responses') }}
    where about = 'coaching' and kind = 'acknowledged' and reference is not null
    group by reference, agent_id
),

sessions as (
    select
        coaching_id,
        agent_id,
        min(held_on) as held_on,
        min(form) as form,
        max(minutes) as minutes,
        min(acknowledged_on) as acknowledged_on
    from goals
    group by coaching_id, agent_id
)

select
    sessions.coaching_id,
    sessions.agent_id,
    membership.team_id,
    sessions.held_on,
    sessions.form,
    triggers.trigger,
    sessions.minutes,
    -- confirmed in the log or in a file of responses, whichever came first
    least(sessions.acknowledged_on, responses.acknowledged_on) as acknowledged_on
from sessions
inner join triggers on sessions.coaching_id = triggers.coaching_id
left join responses on sessions.coaching_id = responses.coaching_id and sessions.agent_id = responses.agent_id
left join {{ ref('int_membership') }} as membership
    on {{ in_team('sessions.agent_id', 'sessions.held_on') }}
