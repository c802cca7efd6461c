{#- A month's score of everybody: the weighted KPIs, each steadied among people of the same length of service. -#}
-- How much people differ is taken from the newest window that judges them: a month of one person says little about it.
with spread as (
    select
        kpi_id,
        arg_max(tau2, window_start) as tau2
    from {{ ref('int_between_agents') }}
    group by kpi_id
),

anchors as (
    select
        anchor.role,
        anchor.kpi_id,
        anchor.weight,
        anchor.minimum,
        anchor.target,
        anchor.excellent,
        anchor.basis
    from {{ ref('int_anchor') }} as anchor
    inner join {{ ref('int_window') }} as windows
        on anchor.window_kind = windows.window_kind and anchor.window_start = windows.window_start
    where windows.is_current
),

standing as (
    select
        standing.window_start as month_start,
        standing.agent_id,
        standing.role,
        standing.tenure_days,
        standing.tenure_band,
        standing.kpi_id,
        standing.family,
        standing.centre_value,
        standing.y,
        spread.tau2 / nullif(spread.tau2 + standing.v, 0e0) as reliability,
        1e0 / nullif(spread.tau2 + standing.v, 0e0) as precision_weight
    from {{ ref('int_standing') }} as standing
    inner join spread on standing.kpi_id = spread.kpi_id
    where standing.window_kind = 'month'
),

alike as (
    select
        *,
        sum(precision_weight * y) over (partition by kpi_id, month_start, tenure_band)
        / sum(precision_weight) over (partition by kpi_id, month_start, tenure_band) as mu
    from standing
),

steadied as (
    select
        alike.*,
        anchors.weight,
        anchors.minimum,
        anchors.target,
        anchors.excellent,
        case when anchors.basis = 'ratio' then nullif(alike.centre_value, 0e0) else 1e0 end as unit_value,
        alike.mu + alike.reliability * (alike.y - alike.mu) as steadied_y
    from alike
    inner join anchors on alike.role = anchors.role and alike.kpi_id = anchors.kpi_id
),

valued as (
    select
        *,
        {{ natural_value('family', 'centre_value', 'steadied_y') }} / unit_value as steadied_value
    from steadied
),

scored as (
    select
        *,
        {{ kpi_points('steadied_value', 'minimum', 'target', 'excellent') }} as points
    from valued
),

whole as (
    select
        role,
        sum(weight) as weight
    from anchors
    group by role
),

summed as (
    select
        scored.month_start,
        scored.agent_id,
        scored.role,
        any_value(scored.tenure_days) as tenure_days,
        any_value(scored.tenure_band) as tenure_band,
        sum(scored.weight * scored.points) / sum(scored.weight) as score,
        sum(scored.weight) as weight
    from scored
    where scored.points is not null
    group by scored.month_start, scored.agent_id, scored.role
)

select
    summed.month_start,
    summed.agent_id,
    summed.tenure_days,
    summed.tenure_band,
    round(summed.score, 6) as score
from summed
inner join whole on summed.role = whole.role
where round(summed.weight / whole.weight, 9) >= {{ rule_now('tier_coverage') }}
