with newest as (
    select max(quarter_start) as quarter_start from {{ ref('int_evaluation_form') }}
),

forms as (
    select
        forms.*,
        forms.score_points - coalesce(leniency.leniency_points, 0e0) as fair_points
    from {{ ref('int_evaluation_form') }} as forms
    inner join newest on forms.quarter_start >= newest.quarter_start - interval 9 months
    left join {{ ref('int_grader_leniency') }} as leniency
        on forms.grader = leniency.grader and forms.quarter_start = leniency.quarter_start
    where forms.score_points is not null
),

-- one agent in one quarter, by kind of form; the graders' leniency is taken out, so that a kind is compared, not people
per_kind as (
    select
        agent_id,
        quarter_start,
        kind,
        avg(fair_points) as points
    from forms
    where not is_calibration
    group by agent_id, quarter_start, kind
),

per_agent as (
    select
        others.kind as comparison,
        '*' as grader,
        monitored.agent_id as subject,
        avg(monitored.points) as a,
        avg(others.points) as b
    from per_kind as monitored
    inner join per_kind as others
        on monitored.agent_id = others.agent_id and monitored.quarter_start = others.quarter_start
    where monitored.kind = 'monitor' and others.kind in ('test_call', 'third_party')
    group by others.kind, monitored.agent_id
),

rated as (
    select
        *,
        sum(points) over (partition by form, subject_id) as all_points
    from {{ ref('int_calibration_rating') }}
    where measure = 'score'
),

per_contact as (
    select
        'grader' as comparison,
        grader,
        subject_id as subject,
        points as a,
        (all_points - points) / (graders - 1e0) as b
    from rated
),

pairs as (
    select * from per_agent
    union all
    select * from per_contact
)

select
    comparison,
    grader,
    subject,
    a,
    b,
    round((a + b) / 2e0, 9) as mean_points,
    round(a - b, 9) as difference_points
from pairs
