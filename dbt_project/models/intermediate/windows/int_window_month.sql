select
    windows.window_kind,
    windows.window_start,
    windows.window_end,
    periods.period_start as month_start
from {{ ref('int_window') }} as windows
inner join {{ ref('dim_period') }} as periods
    on periods.period_kind = 'month'
    and windows.window_start <= periods.period_end
    and windows.window_end >= periods.period_start
