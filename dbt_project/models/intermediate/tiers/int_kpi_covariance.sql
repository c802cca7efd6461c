-- Between agents, within peer groups: sampling errors of different KPIs are independent, so this is about people.
with pairs as (
    select
        one.window_kind,
        one.window_start,
        one.peer,
        one.kpi_id,
        other.kpi_id as other_kpi_id,
        count(*) as agents,
        covar_samp(one.y, other.y) as covariance
    from {{ ref('int_kpi_points') }} as one
    inner join {{ ref('int_kpi_points') }} as other
        on one.window_kind = other.window_kind and one.window_start = other.window_start
        and one.agent_id = other.agent_id and one.kpi_id <> other.kpi_id
    where one.y is not null and other.y is not null
    group by one.window_kind, one.window_start, one.peer, one.kpi_id, other.kpi_id
    having count(*) >= 5
),

pooled as (
    select
        window_kind,
        window_start,
        kpi_id,
        other_kpi_id,
        sum(covariance * (agents - 1)) / sum(agents - 1) as covariance
    from pairs
    group by window_kind, window_start, kpi_id, other_kpi_id
),

spread as (
    select
        window_kind,
        window_start,
        kpi_id,
        tau2
    from {{ ref('int_between_agents') }}
)

select
    pooled.window_kind,
    pooled.window_start,
    pooled.kpi_id,
    pooled.other_kpi_id,
    greatest(
        -0.95e0 * sqrt(one.tau2 * other.tau2), least(0.95e0 * sqrt(one.tau2 * other.tau2), pooled.covariance)
    ) as covariance
from pooled
inner join spread as one
    on pooled.window_kind = one.window_kind and pooled.window_start = one.window_start and pooled.kpi_id = one.kpi_id
inner join spread as other
    on pooled.window_kind = other.window_kind and pooled.window_start = other.window_start
    and pooled.other_kpi_id = other.kpi_id
