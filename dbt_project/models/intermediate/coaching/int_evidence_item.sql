-- The few items that a card may be made of, before anything else is joined: with words recorded, or of a contact that
-- somebody complained about.
with since as (
    select from_day from {{ ref('int_evidence_span') }}
),

missed as (
    select value as missed_share from {{ ref('int_rule_now') }}
    where rule_id = 'item_missed_share'
),

complained as (
    select complaints.contact_id
    from {{ ref('int_complaint') }} as complaints
    inner join since on complaints.received_at >= since.from_day
    where complaints.contact_id is not null and complaints.verdict <> 'unjustified'
    group by complaints.contact_id
),

items as (
    select
        scores.*,
        complained.contact_id is not null as is_complained,
        {{ without_long_numbers('scores.quote') }} as words
    from {{ ref('stg_qa_scores') }} as scores
    left join complained on scores.contact_id = complained.contact_id
    where coalesce(scores.is_applicable, true) and scores.kind not in ('calibration', 'test_call')
)

select
    items.evaluation_id,
    items.grader,
    items.kind,
    items.contact_id,
    items.agent_id,
    items.scored_at,
    items.item,
    items.dimension,
    spellings.error_type,
    spellings.practice,
    items.points,
    items.max_points,
    items.max_points - items.points as lost_points,
    -- a review of a complaint may say what went wrong without giving points
    coalesce(items.points < items.max_points, items.kind = 'complaint_review') as is_faulty,
    coalesce(items.max_points > 0 and items.points <= missed.missed_share * items.max_points, false) as is_missed,
    coalesce(items.max_points > 0 and items.points >= items.max_points, false) as is_full,
    coalesce(items.is_critical, false) as is_critical,
    items.words as quote,
    items.offset_seconds,
    items.is_complained
from items
cross join since
left join missed on true
left join {{ ref('int_error_type_spelling') }} as spellings on items.item = spellings.text
left join {{ ref('int_evaluation_form') }} as forms
    on items.evaluation_id = forms.evaluation_id and items.grader = forms.grader
-- a form that several graders filled in compares graders
where not coalesce(forms.is_calibration, false)
    and coalesce(spellings.practice, '') <> 'process'
    and (items.is_complained or (items.words is not null and items.scored_at >= since.from_day))
