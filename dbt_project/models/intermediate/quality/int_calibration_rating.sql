with newest as (
    select max(quarter_start) as quarter_start from {{ ref('int_evaluation_form') }}
),

forms as (
    select
        forms.evaluation_id,
        forms.grader,
        coalesce(forms.form, '') as form,
        forms.subject_id,
        forms.score_points,
        forms.has_critical_error
    from {{ ref('int_evaluation_form') }} as forms
    inner join newest on forms.quarter_start >= newest.quarter_start - interval 9 months
    where forms.is_calibration
),

measured as (
    select
        form,
        'score' as measure,
        subject_id,
        grader,
        score_points as points
    from forms
    union all
    select
        form,
        'critical_error' as measure,
        subject_id,
        grader,
        case when has_critical_error then 1e0 when not has_critical_error then 0e0 end as points
    from forms
    union all
    select
        forms.form,
        dimensions.dimension as measure,
        forms.subject_id,
        forms.grader,
        100e0 * dimensions.points / dimensions.max_points as points
    from forms
    inner join {{ ref('int_evaluation_dimension') }} as dimensions
        on forms.evaluation_id = dimensions.evaluation_id and forms.grader = dimensions.grader
),

rated as (
    select
        form,
        measure,
        subject_id,
        grader,
        -- a grader who scored a contact twice has one opinion of it; of two critical-error findings the graver counts
        case when measure = 'critical_error' then max(points) else avg(points) end as points
    from measured
    where points is not null
    group by form, measure, subject_id, grader
)

select *
from (
    select
        *,
        count(*) over (partition by form, measure, subject_id) as graders
    from rated
) as counted
where graders > 1
