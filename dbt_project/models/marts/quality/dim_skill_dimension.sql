with delivered as (
    select dimension from {{ ref('int_evaluation_dimension') }}
    group by dimension
),

known as (
    select * from {{ ref('skill_dimensions') }}
)

select
    coalesce(known.dimension, delivered.dimension) as dimension,
    coalesce(known.label_en, delivered.dimension) as label_en,
    coalesce(known.label_zh, delivered.dimension) as label_zh,
    -- the centre's own dimensions after the known ones, by name
    cast(row_number() over (order by known.position nulls last, delivered.dimension) as bigint) as position,
    delivered.dimension is not null as is_delivered
from known
full outer join delivered on known.dimension = delivered.dimension
