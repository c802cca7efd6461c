-- Who coaches an agent asks about the team of today: members are those of the window's last day.
with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

missed as (
    select value as missed_share from {{ ref('int_rule_now') }}
    where rule_id = 'item_missed_share'
),

forms as (
    select
        windows.window_kind,
        windows.window_start,
        windows.is_current,
        evaluations.evaluation_id,
        evaluations.grader,
        evaluations.agent_id,
        evaluations.reason,
        evaluations.scored_at,
        evaluations.leniency_points
    from {{ ref('int_evaluation') }} as evaluations
    inner join windows on evaluations.day between windows.window_start and windows.window_end
    where not evaluations.is_calibration and not evaluations.is_test_call
),

items as (
    select
        forms.*,
        scores.item,
        scores.dimension,
        coalesce(scores.is_critical, false) as is_critical,
        scores.points <= missed.missed_share * scores.max_points as is_missed,
        -- share of the points lost, the grader's severity taken out
        1e0 - (scores.points / scores.max_points - forms.leniency_points / 100e0) as lost_share,
        scores.quote
    from {{ ref('stg_qa_scores') }} as scores
    inner join forms on scores.evaluation_id = forms.evaluation_id and scores.grader = forms.grader
    left join missed on true
    where coalesce(scores.is_applicable, true) and scores.points is not null and scores.max_points > 0
)

select
    items.window_kind,
    items.window_start,
    items.is_current,
    items.evaluation_id,
    items.grader,
    items.agent_id,
    agents.team_id,
    items.reason,
    items.scored_at,
    items.item,
    items.dimension,
    spellings.error_type,
    -- what is talked about as one thing: a kind of error, whatever the items are called, or the item where none is known
    coalesce(spellings.error_type, 'item: ' || items.item) as matter,
    items.is_critical,
    items.is_missed,
    items.lost_share,
    -- words are looked at only where something went wrong
    case when items.is_missed then items.quote end as quote
from items
left join {{ ref('int_error_type_spelling') }} as spellings on items.item = spellings.text
left join {{ ref('int_agent_window') }} as agents
    on items.window_kind = agents.window_kind
    and items.window_start = agents.window_start
    and items.agent_id = agents.agent_id
-- nobody is coached about what is not a person's to change
where coalesce(spellings.practice, '') <> 'process'
