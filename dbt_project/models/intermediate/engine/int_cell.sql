select
    months.window_kind,
    months.window_start,
    cells.kpi_id,
    cells.agent_id,
    cells.stratum,
    cells.coarse_stratum,
    sum(cells.n) as n,
    sum(cells.w) as w,
    sum(cells.o) as o,
    sum(cells.ss) as ss
from {{ ref('int_cell_month') }} as cells
inner join {{ ref('int_window_month') }} as months on cells.month_start = months.month_start
group by
    months.window_kind,
    months.window_start,
    cells.kpi_id,
    cells.agent_id,
    cells.stratum,
    cells.coarse_stratum
having sum(cells.w) > 0
