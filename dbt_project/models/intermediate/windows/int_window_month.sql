select
    windows.window_kind,
    windows.window_start,
    windows.window_end,
    periods.period_start as month_start
from {{ ref('int_window') }} as windows
inner join {{ ref('dim_period') }} as periods
    on periods.period_kind = 'month'
    and periods.period_end >= windows.window_start
    and periods.period_start <= windows.window_end
