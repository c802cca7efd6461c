-- How much people differ lastingly before the sessions of a month, and where they are on average.
with spread as (
    select
        kpi_id,
        month_start,
        count(*) as people,
        {{ variance_beyond_error('adjusted_value', 'adjusted_variance') }} as tau2
    from {{ ref('int_goal_before') }}
    where adjusted_variance > 0
    group by kpi_id, month_start
)

select
    spread.kpi_id,
    spread.month_start,
    cast(spread.people as bigint) as people,
    round(spread.tau2, 15) as tau2,
    round(
        sum(levels.adjusted_value / (levels.adjusted_variance + spread.tau2))
        / sum(1e0 / (levels.adjusted_variance + spread.tau2)), 9
    ) as mean_value
from {{ ref('int_goal_before') }} as levels
inner join spread on levels.kpi_id = spread.kpi_id and levels.month_start = spread.month_start
where levels.adjusted_variance > 0
group by spread.kpi_id, spread.month_start, spread.people, spread.tau2
