-- Which points complete a rule, and which belong to one. NHS "Making Data Count" as coded in NHSRplotthedots; an agent's
-- chart knows only points outside the limits and runs of eight, since a few hundred charts would alarm every week.
with placed as (
    select
        *,
        sign(round(value - centre_line, 9)) as side,
        sign(round(value - lag(value) over series, 9)) as direction,
        round(abs(value - centre_line) - half_width, 9) > 0 as is_outside,
        round(abs(value - centre_line) - 2e0 / 3e0 * half_width, 9) > 0
        and round(abs(value - centre_line) - half_width, 9) <= 0 as is_near_limit
    from {{ ref('int_signal_limit') }}
    window series as (partition by kpi_id, grain, entity_id order by period_start)
),

ended as (
    select
        *,
        coalesce(case
            when grain = 'agent' then abs(sum(side) over (series rows 7 preceding)) = 8
            else abs(sum(side) over (series rows 6 preceding)) = 7
        end, false) as run_ends,
        coalesce(grain <> 'agent' and abs(sum(direction) over (series rows 5 preceding)) = 6, false) as trend_ends,
        coalesce(
            grain <> 'agent'
            and abs(sum(side) over (series rows 2 preceding)) = 3
            and sum({{ one_if('is_near_limit') }}) over (series rows 2 preceding) >= 2, false
        ) as two_of_three_ends
    from placed
    window series as (partition by kpi_id, grain, entity_id order by period_start)
)

select
    *,
    case
        when grain = 'agent' then bool_or(run_ends) over (series rows between current row and 7 following)
        else bool_or(run_ends) over (series rows between current row and 6 following)
    end as in_run,
    bool_or(trend_ends) over (series rows between current row and 6 following) as in_trend,
    max(case when trend_ends then direction end) over (series rows between current row and 6 following) as trend_direction,
    is_near_limit
    and bool_or(two_of_three_ends) over (series rows between current row and 2 following) as in_two_of_three
from ended
window series as (partition by kpi_id, grain, entity_id order by period_start)
