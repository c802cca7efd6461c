with quarters as (
    select quarter_start from {{ ref('int_evaluation_form') }}
    group by quarter_start
)

select
    quarters.quarter_start,
    cells.is_calibration,
    cells.grader,
    sum(cells.forms) as forms,
    sum(cells.forms / cast(cells.cell_forms as double)) as cells,
    sum(cells.deviation) as deviation,
    sum(cells.squared_deviation) as squared_deviation
from quarters
inner join {{ ref('int_grader_cell') }} as cells
    on quarters.quarter_start >= cells.quarter_start
    and quarters.quarter_start - interval 9 months <= cells.quarter_start
group by quarters.quarter_start, cells.is_calibration, cells.grader
