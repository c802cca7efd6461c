-- Everybody's level in the months before the month of a session, the span in which people are usually selected. The session
-- has not happened yet, so those who will be coached belong to the picture of how much people differ. A new starter improves
-- by learning the work, coached or not.
with sessions as (
    select
        kpi_id,
        month_start
    from {{ ref('int_goal_span') }}
    group by kpi_id, month_start
),

observed as (
    select
        sessions.kpi_id,
        sessions.month_start,
        standing.agent_id,
        standing.w,
        standing.value,
        standing.adjusted_value,
        standing.adjusted_variance,
        standing.tenure_days
    from sessions
    inner join {{ ref('int_effect_month') }} as months
        on sessions.kpi_id = months.kpi_id and sessions.month_start = months.start_month
        and months.span = 'pre1' and months.is_enough
    inner join {{ ref('int_standing') }} as standing
        on months.kpi_id = standing.kpi_id and months.month_start = standing.window_start and standing.window_kind = 'month'
    where standing.w > 0 and standing.adjusted_value is not null
)

select
    kpi_id,
    month_start,
    agent_id,
    round({{ weighted_mean('value', 'w', 'true') }}, 9) as raw_value,
    round({{ weighted_mean('adjusted_value', 'w', 'true') }}, 9) as adjusted_value,
    round({{ weighted_mean_variance('adjusted_variance', 'w', 'true') }}, 15) as adjusted_variance
from observed
group by kpi_id, month_start, agent_id
having count(*) >= {{ rule_now('effect_min_months') }}
    and coalesce(min(tenure_days), {{ rule_now('effect_min_tenure_days') }}) >= {{ rule_now('effect_min_tenure_days') }}
