with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

forms as (
    select
        windows.window_kind,
        windows.window_start,
        evaluations.agent_id,
        membership.team_id,
        dimensions.dimension,
        dimensions.items,
        dimensions.points,
        dimensions.max_points,
        dimensions.points - evaluations.leniency_points * dimensions.max_points / 100e0 as fair_points
    from {{ ref('int_evaluation') }} as evaluations
    inner join windows on evaluations.day between windows.window_start and windows.window_end
    inner join {{ ref('int_evaluation_dimension') }} as dimensions
        on evaluations.evaluation_id = dimensions.evaluation_id and evaluations.grader = dimensions.grader
    left join {{ ref('int_membership') }} as membership
        on evaluations.agent_id = membership.agent_id
        and evaluations.day >= membership.from_day
        and evaluations.day < membership.until_day
    where not evaluations.is_calibration and not evaluations.is_test_call
),

sums as (
    select
        window_kind,
        window_start,
        case when grouping(agent_id) = 0 then 'agent' when grouping(team_id) = 0 then 'team' else 'centre' end as grain,
        case when grouping(agent_id) = 0 then agent_id when grouping(team_id) = 0 then team_id else 'centre' end as entity_id,
        dimension,
        count(*) as forms,
        sum(items) as items,
        sum(points) as points,
        sum(max_points) as max_points,
        sum(fair_points) as fair_points,
        sum(fair_points * fair_points) as fair_squares,
        sum(fair_points * max_points) as fair_products,
        sum(max_points * max_points) as max_squares
    from forms
    group by grouping sets (
        (window_kind, window_start, dimension),
        (window_kind, window_start, dimension, agent_id),
        (window_kind, window_start, dimension, team_id)
    )
)

select * from sums
where entity_id is not null
