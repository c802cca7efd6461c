-- Sizes at which limits are needed: those of the entities, and a grid so that the curve is smooth between them.
with entities as (
    select * from {{ ref('int_funnel_entity') }}
),

groups as (
    select
        kpi_id,
        grain,
        family,
        centre_value,
        within_sd,
        max(n) as largest_n
    from entities
    group by kpi_id, grain, family, centre_value, within_sd
),

grid as (
    select
        groups.kpi_id,
        groups.grain,
        groups.family,
        groups.centre_value,
        groups.within_sd,
        cast(greatest(1, round(groups.largest_n * 1.05e0 * power(step / 40e0, 2))) as bigint) as n
    from groups
    cross join unnest(generate_series(1, 40)) as steps(step)
)

select
    kpi_id,
    grain,
    family,
    centre_value,
    within_sd,
    n,
    false as is_grid
from entities
union
select
    kpi_id,
    grain,
    family,
    centre_value,
    within_sd,
    n,
    true as is_grid
from grid
