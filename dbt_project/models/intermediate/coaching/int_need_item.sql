with spans as (
    select
        'window' as span,
        window_start as first_day,
        window_end as last_day
    from {{ ref('int_window') }}
    where is_current
    union all
    select
        'memory' as span,
        last_day - cast({{ rule_now('training_memory_days') }} as integer) + 1 as first_day,
        last_day
    from {{ ref('int_data_span') }}
),

forms as (
    select
        evaluation_id,
        grader,
        agent_id,
        day
    from {{ ref('int_evaluation_form') }}
    where not is_calibration and not is_test_call
),

missed as (
    select {{ rule_now('item_missed_share') }} as missed_share
)

select
    spans.span,
    forms.agent_id,
    membership.team_id,
    scores.dimension,
    count(*) as items,
    count(*) filter (where scores.points <= missed.missed_share * scores.max_points) as misses,
    sum(scores.max_points - scores.points) as lost_points
from {{ ref('stg_qa_scores') }} as scores
inner join forms on scores.evaluation_id = forms.evaluation_id and scores.grader = forms.grader
inner join spans on forms.day between spans.first_day and spans.last_day
cross join missed
left join {{ ref('int_membership') }} as membership
    on forms.agent_id = membership.agent_id
    and forms.day >= membership.from_day
    and forms.day < membership.until_day
where scores.dimension is not null
    and coalesce(scores.is_applicable, true)
    and scores.points is not null
    and scores.max_points > 0
group by spans.span, forms.agent_id, membership.team_id, scores.dimension
