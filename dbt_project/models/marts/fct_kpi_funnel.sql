with entities as (
    select * from {{ ref('int_funnel_entity') }}
    where grain <> 'centre'
),

limits as (
    select * from {{ ref('int_funnel_limit') }}
    where not is_grid
)

select
    entities.kpi_id,
    entities.grain,
    entities.entity_id,
    entities.n,
    entities.value,
    entities.is_adjusted,
    case
        when entities.n < {{ var('judge_min_observations') }} then 'too_few'
        when entities.value > limits.high_998 then 'above_998'
        when entities.value > limits.high_95 then 'above_95'
        when entities.value < limits.low_998 then 'below_998'
        when entities.value < limits.low_95 then 'below_95'
        else 'inside'
    end as position
from entities
inner join limits
    on entities.kpi_id = limits.kpi_id and entities.grain = limits.grain and entities.n = limits.n
