-- Whom the causes of a shortfall are looked into for: nobody else.
with chosen as (
    select
        window_kind,
        window_start,
        agent_id
    from {{ ref('int_focus_choice') }}
    where role = 'priority'
    union
    select
        window_kind,
        window_start,
        agent_id
    from {{ ref('fct_tier') }}
    where window_kind in ('quarter', 'all') and tier = 'low'
)

select
    chosen.window_kind,
    chosen.window_start,
    windows.window_end,
    windows.is_current,
    chosen.agent_id,
    agents.role,
    coalesce(tiers.tier = 'low', false) as is_low
from chosen
inner join {{ ref('int_window') }} as windows
    on chosen.window_kind = windows.window_kind and chosen.window_start = windows.window_start
left join {{ ref('int_agent_window') }} as agents
    on chosen.window_kind = agents.window_kind
    and chosen.window_start = agents.window_start
    and chosen.agent_id = agents.agent_id
left join {{ ref('fct_tier') }} as tiers
    on chosen.window_kind = tiers.window_kind
    and chosen.window_start = tiers.window_start
    and chosen.agent_id = tiers.agent_id
