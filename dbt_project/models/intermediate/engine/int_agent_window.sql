-- The roster row in force on a window's last day; where the roster begins later, its first row.
with windows as (
    select * from {{ ref('int_window') }}
),

seen as (
    select
        window_kind,
        window_start,
        agent_id
    from {{ ref('int_cell') }}
    group by window_kind, window_start, agent_id
),

roster as (
    select
        *,
        row_number() over (partition by agent_id order by valid_from) = 1 as is_first
    from {{ ref('stg_agents') }}
),

placed as (
    select
        seen.window_kind,
        seen.window_start,
        windows.window_end,
        windows.position,
        seen.agent_id,
        roster.team_id,
        coalesce(roster.role, '*') as role,
        roster.tenure_band as delivered_band,
        cast(windows.window_end - roster.hire_date + 1 as bigint) as tenure_days
    from seen
    inner join windows on seen.window_kind = windows.window_kind and seen.window_start = windows.window_start
    left join roster
        on seen.agent_id = roster.agent_id
        and (windows.window_end >= roster.valid_from or roster.is_first)
        and (roster.valid_until is null or windows.window_end < roster.valid_until)
),

banded as (
    select
        *,
        {{ tenure_band('tenure_days', 'delivered_band') }} as tenure_band
    from placed
),

-- an average of fewer than five people says more about one of them than about the group
sized as (
    select
        *,
        count(*) over (partition by window_kind, window_start, role, tenure_band) as alike
    from banded
)

select
    window_kind,
    window_start,
    window_end,
    position,
    agent_id,
    team_id,
    role,
    tenure_days,
    tenure_band,
    case when alike >= 5 then role else '*' end || '|' || tenure_band as peer
from sized
