-- How much more entities differ than chance allows, by the additive random-effects form of Spiegelhalter (2005).
with groups as (
    select
        kpi_id,
        grain,
        count(*) as entities,
        avg(winsorised_z * winsorised_z) as phi,
        sum(1e0 / (error * error)) as weight,
        sum(1e0 / (error * error * error * error)) as squared_weight
    from {{ ref('int_funnel_score') }}
    group by kpi_id, grain
),

spread as (
    select
        kpi_id,
        grain,
        entities,
        round(phi, 9) as phi,
        round(greatest(0e0, coalesce(
            (entities * phi - (entities - 1)) / nullif(weight - squared_weight / weight, 0e0), 0e0
        )), 12) as tau2
    from groups
),

rules as (
    select value as overdispersion_phi from {{ ref('int_rule_now') }}
    where rule_id = 'overdispersion_phi'
)

select
    kpi_id,
    grain,
    phi,
    tau2,
    tau2 > 0 and phi > overdispersion_phi as is_overdispersed,
    cast(entities as bigint) as entities
from spread
cross join rules
