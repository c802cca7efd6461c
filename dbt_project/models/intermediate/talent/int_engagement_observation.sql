{{ config(materialized='view') }}

-- Never here, whatever a centre delivers: attendance, lateness and adherence (illness, care, transport), the kind of an
-- absence, and emotion read from a voice.
with months as (
    select * from {{ ref('int_window_month') }}
    where window_kind in ('quarter', 'all')
),

-- An offer is declined by who was at work and did not come. On a day of leave, illness or any other absence it was none.
training as (
    select
        'voluntary_training' as item,
        seats.agent_id,
        seats.day,
        case when seats.is_present then 100e0 else 0e0 end as raw_percent
    from {{ ref('int_training_seat') }} as seats
    left join {{ ref('int_workday') }} as workdays
        on seats.agent_id = workdays.agent_id and seats.day = workdays.day
    where seats.is_voluntary
        and (
            seats.is_present
            or (coalesce(workdays.worked_minutes > 0, true) and coalesce(workdays.approved_leave_minutes, 0e0) = 0)
        )
),

coaching as (
    select
        'coaching_actions' as item,
        agent_id,
        due_on as day,
        case when status = 'achieved' then 100e0 else 0e0 end as raw_percent
    from {{ ref('stg_coaching_log') }}
    where due_on is not null
),

-- A critical item is a gate with a rate of its own; one miss would drown what the others say. A form is agreed on when its
-- graders agree on each of these skills in it.
attitude_forms as (
    select
        scores.evaluation_id,
        scores.grader,
        100e0 * sum(scores.points) / sum(scores.max_points) as form_percent,
        bool_and(coalesce(calibration.verdict = 'fit_for_tiers', false)) as is_agreed
    from {{ ref('stg_qa_scores') }} as scores
    left join {{ ref('fct_calibration') }} as calibration
        on coalesce(scores.form, '') = calibration.form and scores.dimension = calibration.measure
    where scores.dimension in ('responsibility', 'interpersonal')
        and coalesce(scores.is_applicable, true)
        and not coalesce(scores.is_critical, false)
        and scores.points is not null
    group by scores.evaluation_id, scores.grader
    having sum(scores.max_points) > 0
),

-- In a calibration several graders score one contact, chosen for that and not by lot.
attitude as (
    select
        'attitude' as item,
        evaluations.agent_id,
        evaluations.day,
        forms.form_percent as raw_percent,
        forms.form_percent - evaluations.leniency_points as fair_percent,
        forms.is_agreed
    from attitude_forms as forms
    inner join {{ ref('int_evaluation') }} as evaluations
        on forms.evaluation_id = evaluations.evaluation_id and forms.grader = evaluations.grader
    where not evaluations.is_calibration
),

dated as (
    select
        item,
        agent_id,
        day,
        raw_percent,
        raw_percent as fair_percent,
        true as is_agreed
    from training
    union all
    select
        item,
        agent_id,
        day,
        raw_percent,
        raw_percent as fair_percent,
        true as is_agreed
    from coaching
    union all
    select
        item,
        agent_id,
        day,
        raw_percent,
        fair_percent,
        is_agreed
    from attitude
)

select
    months.window_kind,
    months.window_start,
    dated.item,
    dated.agent_id,
    dated.raw_percent,
    dated.fair_percent,
    dated.is_agreed
from dated
inner join months
    on months.month_start = cast(date_trunc('month', dated.day) as date)
    and dated.day between months.window_start and months.window_end
union all
select
    window_kind,
    window_start,
    source || '_rating' as item,
    agent_id,
    raw_percent,
    fair_percent,
    true as is_agreed
from {{ ref('int_rating') }}
