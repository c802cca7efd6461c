-- Where nobody has set a standard: the 10th, 50th and 90th percentile of steadied values of two quarters, then kept for
-- four, so that the yardstick does not move with what it measures.
with quarters as (
    select
        *,
        cast(floor((position - 1) / 4e0) as bigint) as block
    from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

bases as (
    select
        targets.window_kind,
        targets.window_start,
        base.window_start as base_start
    from quarters as targets
    inner join quarters as base
        on targets.window_kind = base.window_kind
        and base.position between greatest(1, 4 * targets.block - 1) and greatest(2, 4 * targets.block)
),

percentiles as (
    select
        bases.window_kind,
        bases.window_start,
        posterior.kpi_id,
        any_value(posterior.better) as better,
        quantile_cont(posterior.steadied_value, 0.1e0) as p10,
        quantile_cont(posterior.steadied_value, 0.5e0) as p50,
        quantile_cont(posterior.steadied_value, 0.9e0) as p90
    from bases
    inner join {{ ref('int_posterior') }} as posterior
        on bases.window_kind = posterior.window_kind and bases.base_start = posterior.window_start
    where coalesce(posterior.tenure_days, 9999) > 180
    group by bases.window_kind, bases.window_start, posterior.kpi_id
)

select
    window_kind,
    window_start,
    kpi_id,
    round(case when better = 'higher' then p10 else p90 end, 9) as minimum,
    round(p50, 9) as target,
    round(case when better = 'higher' then p90 else p10 end, 9) as excellent
from percentiles
-- people who do not differ give no yardstick
where round(p10, 9) < round(p50, 9) and round(p50, 9) < round(p90, 9)
