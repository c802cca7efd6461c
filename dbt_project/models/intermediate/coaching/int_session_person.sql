-- Who was there to be coached in a window, in which team, tier and band of service, and how long the last talk is ago today.
with windows as (
    select * from {{ ref('int_session_window') }}
),

span as (
    select * from {{ ref('int_data_span') }}
),

tiers as (
    select * from {{ ref('fct_tier') }}
),

placed as (
    select
        windows.window_kind,
        windows.window_start,
        windows.window_end,
        windows.is_current,
        people.agent_id,
        people.team_id,
        people.tenure_band,
        tiers.tier
    from windows
    inner join {{ ref('int_agent_window') }} as people
        on windows.window_kind = people.window_kind and windows.window_start = people.window_start
    left join tiers
        on windows.window_kind = tiers.window_kind and windows.window_start = tiers.window_start
        and people.agent_id = tiers.agent_id
    union all
    select
        windows.window_kind,
        windows.window_start,
        windows.window_end,
        windows.is_current,
        agents.agent_id,
        agents.team_id,
        {{ tenure_band('agents.tenure_days', 'agents.tenure_band') }} as tenure_band,
        tiers.tier
    from windows
    inner join {{ ref('dim_agent') }} as agents
        on windows.window_kind = 'recent' and windows.window_start <= agents.last_day
    left join tiers on agents.agent_id = tiers.agent_id and tiers.is_current
),

talks as (
    select
        sessions.agent_id,
        max(sessions.held_on) as last_held_on
    from {{ ref('int_session_agent') }} as sessions
    inner join span on sessions.held_on <= span.last_day
    group by sessions.agent_id
)

select
    placed.window_kind,
    placed.window_start,
    placed.window_end,
    placed.is_current,
    placed.agent_id,
    placed.team_id,
    placed.tenure_band,
    coalesce(placed.tier, 'not_enough_evidence') as tier,
    talks.last_held_on,
    -- who was never talked to waits since the first day of work; who has left or is away for long does not wait
    coalesce(
        agents.is_current
        and span.last_day - coalesce(talks.last_held_on, agents.first_day)
        > case
            when agents.tenure_days <= {{ rule_now('grace_days') }} then {{ rule_now('coaching_gap_days_new') }}
            else {{ rule_now('coaching_gap_days') }}
        end,
        false
    ) as is_overdue
from placed
cross join span
left join {{ ref('dim_agent') }} as agents on placed.agent_id = agents.agent_id
left join talks on placed.agent_id = talks.agent_id
