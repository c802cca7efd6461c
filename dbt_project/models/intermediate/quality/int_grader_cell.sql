-- What can be compared: scores that several graders gave to one agent in one quarter on one form, and scores of one
-- calibration contact. A cell in which one grader stands alone says nothing about graders.
with forms as (
    select
        quarter_start,
        is_calibration,
        case
            when is_calibration then subject_id
            else concat_ws('|', agent_id, kind, coalesce(form, ''), coalesce(form_version, ''))
        end as cell,
        grader,
        score_points
    from {{ ref('int_evaluation_form') }}
    where score_points is not null
),

per_grader as (
    select
        quarter_start,
        is_calibration,
        cell,
        grader,
        count(*) as forms,
        sum(score_points) as points,
        sum(score_points * score_points) as squares
    from forms
    group by quarter_start, is_calibration, cell, grader
),

cells as (
    select
        *,
        count(*) over whole as graders,
        sum(forms) over whole as cell_forms,
        sum(points) over whole / sum(forms) over whole as cell_points
    from per_grader
    window whole as (partition by quarter_start, is_calibration, cell)
)

select
    quarter_start,
    is_calibration,
    cell,
    grader,
    forms,
    cell_forms,
    points - forms * cell_points as deviation,
    squares - 2e0 * cell_points * points + forms * cell_points * cell_points as squared_deviation
from cells
where graders > 1
