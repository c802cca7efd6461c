select
    goals.coaching_id,
    goals.goal_number,
    days.day,
    cast(date_trunc('week', days.day) as date) as week_start,
    days.day >= goals.closing_from as is_closing,
    days.n,
    days.w,
    days.o,
    days.ss,
    round({{ goal_path('days.day') }}, 9) as path_value
from {{ ref('int_goal_span') }} as goals
inner join {{ ref('int_goal_kpi_day') }} as days
    on goals.agent_id = days.agent_id
    and goals.kpi_id = days.kpi_id
    and goals.held_on < days.day
    and goals.as_of >= days.day
