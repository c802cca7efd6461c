with missed as (
    select value as missed_share from {{ ref('int_rule_now') }}
    where rule_id = 'critical_item_missed_share'
),

items as (
    select
        scores.*,
        coalesce(scores.is_applicable, true) and scores.points is not null and scores.max_points > 0 as is_scored,
        coalesce(scores.is_critical, false) as counts_as_critical,
        scores.points <= missed.missed_share * scores.max_points as is_missed
    from {{ ref('stg_qa_scores') }} as scores
    -- without the rule nothing is known to be missed, and the test below fails
    left join missed on true
    -- chosen because a customer complained, not by lot: evidence for a talk, never part of an average
    where scores.kind is distinct from 'complaint_review'
),

forms as (
    select
        evaluation_id,
        grader,
        min(contact_id) as contact_id,
        min(agent_id) as agent_id,
        min(kind) as kind,
        min(form) as form,
        min(form_version) as form_version,
        max(scored_at) as scored_at,
        sum(points) filter (where is_scored and not counts_as_critical) as points,
        sum(max_points) filter (where is_scored and not counts_as_critical) as max_points,
        count(*) filter (where is_scored) as items,
        count(*) filter (where is_scored and counts_as_critical) as critical_items,
        bool_or(is_missed) filter (where is_scored and counts_as_critical) as has_critical_error
    from items
    group by evaluation_id, grader
)

select
    evaluation_id,
    grader,
    contact_id,
    agent_id,
    kind,
    form,
    form_version,
    scored_at,
    cast(scored_at as date) as day,
    cast(date_trunc('quarter', scored_at) as date) as quarter_start,
    items,
    critical_items,
    100e0 * points / max_points as score_points,
    has_critical_error,
    -- a form that several graders filled in is a comparison of graders, whatever it is called
    kind = 'calibration' or count(*) over (partition by evaluation_id) > 1 as is_calibration,
    kind = 'test_call' as is_test_call,
    -- what graders of one calibration have in common
    coalesce(contact_id, evaluation_id) as subject_id
from forms
