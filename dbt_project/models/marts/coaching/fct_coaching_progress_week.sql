with goals as (
    select
        goals.*,
        since.within_variance,
        coalesce(since.design_effect, 1e0) as design_effect,
        since.value as since_value
    from {{ ref('int_goal_span') }} as goals
    left join {{ ref('int_goal_since') }} as since
        on goals.coaching_id = since.coaching_id and goals.goal_number = since.goal_number and since.part = 'since'
),

weeks as (
    select
        goals.*,
        cast(date_trunc('week', goals.held_on) as date) + 7 * cast(numbers.number as integer) as week_start
    from goals
    cross join unnest(generate_series(
        0, (cast(date_trunc('week', goals.as_of) as date) - cast(date_trunc('week', goals.held_on) as date)) // 7
    )) as numbers(number)
),

sums as (
    select
        coaching_id,
        goal_number,
        week_start,
        sum(n) as n,
        sum(w) as w,
        sum(o) as o
    from {{ ref('int_goal_day') }}
    group by coaching_id, goal_number, week_start
),

-- the middle of the week, as far as it belongs to the time agreed
placed as (
    select
        weeks.*,
        sums.n,
        sums.w,
        round(sums.o / sums.w, 9) as value,
        round({{ goal_path('least(weeks.due_on, greatest(weeks.held_on, weeks.week_start + 3))') }}, 9) as path_value
    from weeks
    left join sums
        on weeks.coaching_id = sums.coaching_id and weeks.goal_number = sums.goal_number
        and weeks.week_start = sums.week_start
),

varied as (
    select
        *,
        sqrt(nullif(round({{ goal_variance('n', 'w', 'path_value', 'within_variance', 'design_effect') }}, 18), 0e0)) as value_error
    from placed
),

scaled as (
    select
        *,
        case when family = 'logmean' then value_error / nullif(since_value, 0e0) else value_error end as path_error
    from varied
)

select
    coaching_id,
    cast(goal_number as bigint) as goal_number,
    week_start,
    cast(coalesce(n, 0) as bigint) as n,
    value,
    path_value,
    round({{ goal_bound('path_value', 'path_error', 'low') }}, 9) as path_low,
    round({{ goal_bound('path_value', 'path_error', 'high') }}, 9) as path_high
from scaled
