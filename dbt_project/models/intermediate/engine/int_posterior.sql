{% set z = var('interval_z') ~ 'e0' -%}
with pulled as (
    select
        standing.*,
        peers.k,
        peers.r,
        peers.tau2,
        peers.mu,
        peers.vmu,
        standing.v / (standing.v + peers.tau2) as b,
        avg(standing.v) over (
            partition by standing.kpi_id, standing.window_kind, standing.window_start
        ) as mean_v
    from {{ ref('int_standing') }} as standing
    inner join {{ ref('int_peer') }} as peers
        on standing.kpi_id = peers.kpi_id
        and standing.window_kind = peers.window_kind and standing.window_start = peers.window_start
        and standing.peer = peers.peer
),

corrected as (
    select
        *,
        -- Morris (1983): few agents leave the spread itself uncertain, which widens what can be said
        case when k < {{ var("small_pool_agents") }} and k - r > 2 then (k - r - 2e0) / (k - r) * b else b end as b_used,
        k < {{ var("small_pool_agents") }} and k - r > 2 as is_small_pool
    from pulled
),

steadied as (
    select
        *,
        1e0 - b as reliability,
        mu + (1e0 - b_used) * (y - mu) as steadied_y,
        case
            when is_small_pool
                then
                    v * (1e0 - (k - r) / cast(k as double) * b_used)
                    + 2e0 / (k - r - 2e0) * b_used * b_used * (mean_v + tau2) / (v + tau2) * (y - mu) * (y - mu)
            else v * (1e0 - b) + b * b * vmu
        end as steadied_variance
    from corrected
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    team_id,
    role,
    tenure_days,
    tenure_band,
    peer,
    family,
    better,
    n,
    w,
    no_reference_share,
    centre_value,
    value,
    expected_value,
    y,
    v,
    design_effect,
    adjusted_value,
    k,
    r,
    tau2,
    mu,
    vmu,
    round(reliability, 9) as reliability,
    steadied_y,
    steadied_variance,
    {{ natural_value('family', 'centre_value', 'steadied_y') }} as steadied_value,
    {{ natural_value('family', 'centre_value', '(steadied_y - ' ~ z ~ ' * sqrt(steadied_variance))') }} as steadied_low,
    {{ natural_value('family', 'centre_value', '(steadied_y + ' ~ z ~ ' * sqrt(steadied_variance))') }} as steadied_high
from steadied
