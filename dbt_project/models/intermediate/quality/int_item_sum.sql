with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

missed as (
    select value as missed_share from {{ ref('int_rule_now') }}
    where rule_id = 'item_missed_share'
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

items as (
    select
        windows.window_kind,
        windows.window_start,
        membership.team_id,
        coalesce(scores.dimension, 'other') as dimension,
        scores.item,
        coalesce(scores.is_critical, false) as is_critical,
        scores.points,
        scores.max_points,
        scores.points <= missed.missed_share * scores.max_points as is_missed
    from {{ ref('stg_qa_scores') }} as scores
    inner join forms on scores.evaluation_id = forms.evaluation_id and scores.grader = forms.grader
    inner join windows on forms.day between windows.window_start and windows.window_end
    left join missed on true
    left join {{ ref('int_membership') }} as membership
        on forms.agent_id = membership.agent_id
        and forms.day >= membership.from_day
        and forms.day < membership.until_day
    where coalesce(scores.is_applicable, true) and scores.points is not null and scores.max_points > 0
),

sums as (
    select
        window_kind,
        window_start,
        case when grouping(team_id) = 0 then 'team' else 'centre' end as grain,
        case when grouping(team_id) = 0 then team_id else 'centre' end as entity_id,
        case when grouping(item) = 0 then 'item' else 'dimension' end as level,
        dimension,
        case when grouping(item) = 0 then item else '*' end as item,
        bool_or(is_critical) as is_critical,
        count(*) as items,
        count(is_missed) as judged_items,
        count(*) filter (where is_missed) as misses,
        sum(max_points - points) as lost_points,
        sum(max_points) as max_points
    from items
    group by grouping sets (
        (window_kind, window_start, dimension),
        (window_kind, window_start, dimension, item),
        (window_kind, window_start, dimension, team_id),
        (window_kind, window_start, dimension, item, team_id)
    )
)

select * from sums
where entity_id is not null
