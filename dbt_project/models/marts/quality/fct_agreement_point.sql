select
    comparison,
    grader,
    -- a number without meaning: whose point it is stays out
    cast(
        row_number() over (partition by comparison, grader order by mean_points, difference_points) as bigint
    ) as point_number,
    mean_points,
    difference_points
from {{ ref('int_agreement_pair') }}
