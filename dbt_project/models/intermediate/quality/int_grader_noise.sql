-- How far scores of one cell lie apart when the graders' own differences are taken out: the noise of one form.
with sums as (
    select
        *,
        deviation / forms as leniency
    from {{ ref('int_grader_sum') }}
),

neighbours as (
    select
        overlap.quarter_start,
        overlap.is_calibration,
        overlap.grader,
        sum(overlap.shared_forms * sums.leniency) as shared_leniency
    from {{ ref('int_grader_overlap') }} as overlap
    inner join sums
        on overlap.quarter_start = sums.quarter_start
        and overlap.is_calibration = sums.is_calibration
        and overlap.other_grader = sums.grader
    group by overlap.quarter_start, overlap.is_calibration, overlap.grader
),

left_over as (
    select
        sums.quarter_start,
        sums.is_calibration,
        sum(sums.forms) - sum(sums.cells) - count(*) + 1 as degrees,
        sum(
            sums.squared_deviation
            - 2e0 * sums.leniency * sums.deviation
            + sums.leniency * (sums.forms * sums.leniency - neighbours.shared_leniency)
        ) as squares
    from sums
    inner join neighbours
        on sums.quarter_start = neighbours.quarter_start
        and sums.is_calibration = neighbours.is_calibration
        and sums.grader = neighbours.grader
    group by sums.quarter_start, sums.is_calibration
),

measured as (
    select
        quarter_start,
        is_calibration,
        degrees,
        greatest(0e0, squares) as squares,
        -- rounded, so that the last bits of a sum do not decide which noise counts
        round(degrees, 6) >= {{ var('judge_min_observations') }} and round(squares, 6) > 0 as is_enough
    from left_over
)

select
    quarter_start,
    is_calibration,
    degrees,
    -- too few to tell: as noisy as the other kind
    round(coalesce(
        case when is_enough then squares / degrees end,
        sum(case when is_enough then squares end) over (partition by quarter_start)
        / sum(case when is_enough then degrees end) over (partition by quarter_start)
    ), 9) as noise_variance
from measured
