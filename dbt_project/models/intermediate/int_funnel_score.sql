-- Each entity's distance from the centre in standard errors of chance, and the same with the outer tenths pulled in.
with entities as (
    select
        kpi_id,
        grain,
        entity_id,
        {{ funnel_deviation() }} as deviation,
        {{ funnel_deviation_error() }} as error
    from {{ ref('int_funnel_entity') }}
    where grain <> 'centre'
        and n >= {{ var('judge_min_observations') }}
),

scored as (
    select
        *,
        round(deviation / error, 9) as z
    from entities
    where deviation is not null and error > 0
),

edges as (
    select
        kpi_id,
        grain,
        quantile_cont(z, 0.1) as lower_edge,
        quantile_cont(z, 0.9) as upper_edge
    from scored
    group by kpi_id, grain
)

select
    scored.*,
    round(greatest(edges.lower_edge, least(edges.upper_edge, scored.z)), 9) as winsorised_z
from scored
inner join edges on scored.kpi_id = edges.kpi_id and scored.grain = edges.grain
