-- Natural process limits of every series. Means and times: XmR chart, 2.66 mean moving ranges. Shares and rates of events,
-- whose weeks differ in size: Laney's p' and u' chart, 3 standard errors of chance times how much more the weeks vary.
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
                then
                    sum(o) filter (where in_baseline) over series
                    / sum(w) filter (where in_baseline) over series
            else avg(value) filter (where in_baseline) over series
        end as centre_line,
        sum(n) filter (where in_baseline) over series as baseline_n
    from recent
    where points >= {{ var('spc_min_points') }}
    window series as (partition by kpi_id, grain, entity_id)
),

-- a baseline of nothing but zeros or ones still leaves some chance of the other
chances as (
    select
        *,
        case
            when family = 'prop'
                then greatest(0.5e0 / (baseline_n + 1), least(1e0 - 0.5e0 / (baseline_n + 1), centre_line))
            when family = 'count' then greatest(0.5e0 / baseline_n, centre_line)
        end as chance
    from centred
),

scaled as (
    select
        *,
        case
            when family = 'prop' then sqrt(chance * (1e0 - chance) / n)
            when family = 'count' then sqrt(chance / n)
            else 1e0
        end as scale
    from chances
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
            avg(moving_range) filter (where in_baseline and moving_range < 3.267e0 * plain_mean_range) over (
                partition by kpi_id, grain, entity_id
            ),
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
    -- weeks that never varied leave chance alone as the measure of a rate
    case
        when is_rate then 3e0 * scale * coalesce(nullif(mean_range, 0e0) / 1.128e0, 1e0)
        else 2.66e0 * mean_range
    end as half_width
from screened
