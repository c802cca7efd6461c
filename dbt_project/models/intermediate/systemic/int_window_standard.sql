select
    windows.window_kind,
    windows.window_start,
    standards.kpi_id,
    standards.role,
    arg_max(standards.minimum, standards.valid_from) as minimum,
    arg_max(standards.target, standards.valid_from) as target
from {{ ref('int_window') }} as windows
inner join {{ ref('kpi_standards') }} as standards on windows.window_end >= standards.valid_from
-- a ratio to the work mix is no value to hold a plain figure against
where standards.basis = 'value'
group by windows.window_kind, windows.window_start, standards.kpi_id, standards.role
