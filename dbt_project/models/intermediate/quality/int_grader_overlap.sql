with per_quarter as (
    select
        one.quarter_start,
        one.is_calibration,
        one.grader,
        other.grader as other_grader,
        sum(one.forms * other.forms / cast(one.cell_forms as double)) as shared_forms
    from {{ ref('int_grader_cell') }} as one
    inner join {{ ref('int_grader_cell') }} as other
        on one.quarter_start = other.quarter_start and one.is_calibration = other.is_calibration and one.cell = other.cell
    group by one.quarter_start, one.is_calibration, one.grader, other.grader
),

quarters as (
    select quarter_start from {{ ref('int_evaluation_form') }}
    group by quarter_start
)

select
    quarters.quarter_start,
    per_quarter.is_calibration,
    per_quarter.grader,
    per_quarter.other_grader,
    sum(per_quarter.shared_forms) as shared_forms
from quarters
inner join per_quarter
    on quarters.quarter_start >= per_quarter.quarter_start
    and quarters.quarter_start - interval 9 months <= per_quarter.quarter_start
group by quarters.quarter_start, per_quarter.is_calibration, per_quarter.grader, per_quarter.other_grader
