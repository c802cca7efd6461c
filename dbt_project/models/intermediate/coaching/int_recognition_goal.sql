select
    windows.window_kind,
    windows.window_start,
    plans.agent_id,
    plans.coaching_id || '/' || cast(plans.goal_number as varchar) as reference,
    plans.kpi_id,
    progress.value_since,
    progress.n,
    plans.status_on as achieved_on
from {{ ref('fct_coaching_plan') }} as plans
inner join {{ ref('int_window') }} as windows
    on windows.window_kind in ('quarter', 'all')
    and plans.status_on between windows.window_start and windows.window_end
left join {{ ref('fct_coaching_progress') }} as progress
    on plans.coaching_id = progress.coaching_id and plans.goal_number = progress.goal_number
where plans.status = 'achieved'
    and (plans.acknowledged_on is not null or progress.state = 'reached')
    -- where figures can tell and say otherwise, the talk goes on
    and progress.state is distinct from 'not_reached'
