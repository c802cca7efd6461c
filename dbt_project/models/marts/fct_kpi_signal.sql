-- XmR chart per weekly series, as NHS "Making Data Count" draws it; METHOD.md section 8 for windows and rule sets.
with weekly as (
    select
        kpi_values.kpi_id,
        kpi_values.grain,
        kpi_values.entity_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        kpi_values.n,
        kpi_values.value,
        kpi_values.target,
        kpi.better,
        kpi.unit,
        row_number() over (
            partition by kpi_values.kpi_id, kpi_values.grain, kpi_values.entity_id order by kpi_values.period_start desc
        ) as from_newest
    from {{ ref('fct_kpi_value') }} as kpi_values
    inner join {{ ref('dim_period') }} as periods
        on kpi_values.period_kind = periods.period_kind
        and kpi_values.period_start = periods.period_start
        and periods.is_complete
    inner join {{ ref('dim_kpi') }} as kpi on kpi_values.kpi_id = kpi.kpi_id
    cross join {{ ref('int_data_span') }} as span
    where periods.period_end <= span.last_day - cast(kpi.settles_after_days as integer)
        and kpi_values.period_kind = 'week'
        and kpi_values.grain in ('centre', 'team', 'queue', 'agent')
        and (kpi.family = 'volume' or kpi_values.n >= {{ var('judge_min_observations') }})
),

recent as (
    select
        *,
        count(*) over series as points,
        row_number() over (series order by period_start) <= {{ var('spc_baseline_points') }} as in_baseline,
        abs(value - lag(value) over (series order by period_start)) as moving_range
    from weekly
    where from_newest <= case
            when grain = 'agent' then {{ var('spc_agent_window_points') }} else {{ var('spc_window_points') }}
        end
    window series as (partition by kpi_id, grain, entity_id)
),

baseline as (
    select
        *,
        avg(value) filter (where in_baseline) over series as centre_line,
        avg(moving_range) filter (where in_baseline) over series as plain_mean_range
    from recent
    where points >= {{ var('spc_min_points') }}
    window series as (partition by kpi_id, grain, entity_id)
),

-- one pass of screening: a single jump must not widen the limits that should find it
screened as (
    select
        *,
        coalesce(
            avg(moving_range) filter (where in_baseline and moving_range < 3.267e0 * plain_mean_range) over (
                partition by kpi_id, grain, entity_id
            ),
            plain_mean_range
        ) as mean_range
    from baseline
),

placed as (
    select
        *,
        centre_line - 2.66e0 * mean_range as lower_limit,
        centre_line + 2.66e0 * mean_range as upper_limit,
        sign(value - centre_line) as side,
        sign(value - lag(value) over (partition by kpi_id, grain, entity_id order by period_start)) as direction,
        abs(value - centre_line) > 2.66e0 * mean_range as is_outside,
        abs(value - centre_line) > 2e0 / 3e0 * 2.66e0 * mean_range
        and abs(value - centre_line) <= 2.66e0 * mean_range as is_near_limit
    from screened
),

-- where a rule is completed
ended as (
    select
        *,
        case
            when grain = 'agent' then abs(sum(side) over (series rows 7 preceding)) = 8
            else abs(sum(side) over (series rows 6 preceding)) = 7
        end as run_ends,
        grain <> 'agent' and abs(sum(direction) over (series rows 5 preceding)) = 6 as trend_ends,
        grain <> 'agent'
        and abs(sum(side) over (series rows 2 preceding)) = 3
        and sum({{ one_if('is_near_limit') }}) over (series rows 2 preceding) >= 2 as two_of_three_ends
    from placed
    window series as (partition by kpi_id, grain, entity_id order by period_start)
),

-- and every point that belongs to it
flagged as (
    select
        *,
        coalesce(case
            when grain = 'agent' then bool_or(run_ends) over (series rows between current row and 7 following)
            else bool_or(run_ends) over (series rows between current row and 6 following)
        end, false) as in_run,
        coalesce(bool_or(trend_ends) over (series rows between current row and 6 following), false) as in_trend,
        max(case when trend_ends then direction end) over (series rows between current row and 6 following) as trend_direction,
        is_near_limit
        and coalesce(bool_or(two_of_three_ends) over (series rows between current row and 2 following), false) as in_two_of_three
    from ended
    window series as (partition by kpi_id, grain, entity_id order by period_start)
),

named as (
    select
        *,
        case
            when is_outside then 'outside_limits'
            when in_run then 'run'
            when in_trend then 'trend'
            when in_two_of_three then 'two_of_three'
            else 'none'
        end as rule
    from flagged
),

directed as (
    select
        *,
        case when better = 'lower' then -1 when better = 'higher' then 1 else 0 end
        * case when rule = 'trend' then trend_direction else side end as goodness
    from named
)

select
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    n,
    value,
    round(centre_line, 9) as centre_line,
    -- no week can lie below nothing or above all: what is shown as the usual range stops there
    round(case when unit in ('share', 'seconds', 'contacts') then greatest(lower_limit, 0e0) else lower_limit end, 9)
        as lower_limit,
    round(case when unit = 'share' then least(upper_limit, 1e0) else upper_limit end, 9) as upper_limit,
    target,
    in_baseline,
    case
        when rule = 'none' then 'common_cause'
        when goodness > 0 then 'special_cause_improvement'
        when goodness < 0 then 'special_cause_concern'
        else 'special_cause_neutral'
    end as finding,
    rule,
    case
        when target is null or better = 'neutral' then 'no_target'
        -- a week beyond the target on the other side says that the usual range no longer speaks for today
        when better = 'higher' and least(lower_limit, value) >= target then 'consistent_pass'
        when better = 'lower' and greatest(upper_limit, value) <= target then 'consistent_pass'
        when better = 'higher' and greatest(upper_limit, value) < target then 'consistent_fail'
        when better = 'lower' and least(lower_limit, value) > target then 'consistent_fail'
        else 'inconsistent'
    end as assurance,
    cast(points as bigint) as points,
    points < {{ var('spc_trial_points') }} as is_trial,
    from_newest = 1 as is_latest
from directed
