-- Natural process limits of every series. Means and times: XmR chart, 2.66 mean moving ranges. Shares and rates of events,
-- whose points differ in size: Laney's p' and u' chart, 3 standard errors of chance times how much more the points vary.
-- Chance is the least that either varies: limits narrower than 3 standard errors come from luck, or from screening where
-- most points are alike and a few are not, and would call every other point a signal.
with recent as (
    select
        *,
        count(*) over series as points,
        row_number() over (series order by period_start) <= {{ var('spc_baseline_points') }} as in_baseline,
        family in ('prop', 'count') as is_rate
    from {{ ref('int_signal_point') }}
    window series as (partition by kpi_id, grain, entity_id)
),

centred as (
    select
        *,
        case
            when is_rate
                then sum(o) filter (where in_baseline) over series / sum(w) filter (where in_baseline) over series
            else avg(value) filter (where in_baseline) over series
        end as centre_line,
        sum(n) filter (where in_baseline) over series as baseline_n,
        sum(ss) filter (where in_baseline) over series / sum(w) filter (where in_baseline) over series as mean_square,
        sum(o) filter (where in_baseline) over series / sum(w) filter (where in_baseline) over series as overall
    from recent
    where points >= {{ var('spc_min_points') }}
    window series as (partition by kpi_id, grain, entity_id)
),

-- a baseline of nothing but zeros or ones still leaves some chance of the other
likely as (
    select
        *,
        case
            when family = 'prop' then greatest(0.5e0 / (baseline_n + 1), least(1e0 - 0.5e0 / (baseline_n + 1), overall))
            when family = 'count' then greatest(0.5e0 / baseline_n, overall)
        end as rate
    from centred
),

varied as (
    select
        *,
        -- of a single observation
        case
            when family = 'prop' then rate * (1e0 - rate)
            when family = 'count' then rate
            else greatest(0e0, mean_square - overall * overall)
        end as variance
    from likely
),

scaled as (
    select
        *,
        sqrt(variance / n) as chance_error,
        case when is_rate then sqrt(variance / n) else 1e0 end as scale
    from varied
),

ranged as (
    select
        *,
        abs(
            (value - centre_line) / scale
            - lag((value - centre_line) / scale) over (partition by kpi_id, grain, entity_id order by period_start)
        ) as moving_range
    from scaled
),

averaged as (
    select
        *,
        avg(moving_range) filter (where in_baseline) over (partition by kpi_id, grain, entity_id) as plain_mean_range
    from ranged
),

-- one pass of screening: a single jump must not widen the limits that should find it
screened as (
    select
        *,
        coalesce(
            avg(moving_range) filter (
                where in_baseline and round(moving_range - {{ var('spc_screening_ratio') }} * plain_mean_range, 9) < 0
            ) over (partition by kpi_id, grain, entity_id),
            plain_mean_range
        ) as mean_range
    from averaged
)

select
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    weeks,
    n,
    value,
    target,
    better,
    unit,
    from_newest,
    points,
    in_baseline,
    centre_line,
    case
        when is_rate then chance_error * greatest(3e0, 3e0 / 1.128e0 * coalesce(mean_range, 0e0))
        else greatest(2.66e0 * mean_range, 3e0 * chance_error)
    end as half_width
from screened
