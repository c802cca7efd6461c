-- Two-step method of moments (DerSimonian and Kacker 2007), closed form: Hedges' start, then once with its weights.
with standing as (
    select
        kpi_id,
        window_kind,
        window_start,
        peer,
        y,
        v
    from {{ ref('int_standing') }}
    where window_kind <> 'month'
),

start_of_peer as (
    select
        kpi_id,
        window_kind,
        window_start,
        peer,
        count(*) as k,
        (count(*) - 1) * coalesce(var_samp(y), 0e0) as squares,
        avg(v) as mean_variance
    from standing
    group by kpi_id, window_kind, window_start, peer
),

start as (
    select
        kpi_id,
        window_kind,
        window_start,
        greatest(0e0, coalesce((sum(squares) - sum((k - 1) * mean_variance)) / nullif(sum(k - 1), 0), 0e0)) as tau2_start
    from start_of_peer
    group by kpi_id, window_kind, window_start
),

weighted as (
    select
        standing.*,
        1e0 / (standing.v + start.tau2_start) as weight
    from standing
    inner join start
        on standing.kpi_id = start.kpi_id
        and standing.window_kind = start.window_kind and standing.window_start = start.window_start
),

of_peer as (
    select
        kpi_id,
        window_kind,
        window_start,
        peer,
        count(*) as k,
        sum(weight * y) / sum(weight) as mu,
        sum(weight) as sw,
        sum(weight * weight) as sww,
        sum(weight * v) as swv,
        sum(weight * weight * v) as swwv,
        sum(weight * y * y) as swyy
    from weighted
    group by kpi_id, window_kind, window_start, peer
),

estimated as (
    select
        kpi_id,
        window_kind,
        window_start,
        sum(k) as k,
        count(*) as r,
        greatest(0e0, coalesce(
            sum(swyy - mu * mu * sw - (swv - swwv / sw)) / nullif(sum(sw - sww / sw), 0e0), 0e0
        )) as tau2_own
    from of_peer
    group by kpi_id, window_kind, window_start
),

-- a handful of agents says little about how much agents differ: the last window with enough of them is used instead
lasting as (
    select
        *,
        last_value(case when k >= 8 then tau2_own end ignore nulls) over (
            partition by kpi_id, window_kind order by window_start
            rows between unbounded preceding and current row
        ) as tau2_lasting
    from estimated
)

select
    kpi_id,
    window_kind,
    window_start,
    cast(k as bigint) as k,
    cast(r as bigint) as r,
    case when k >= 8 then tau2_own else coalesce(tau2_lasting, tau2_own) end as tau2
from lasting
