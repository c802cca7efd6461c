with entities as (
    select * from {{ ref('int_funnel_entity') }}
    where grain <> 'centre' and n >= {{ var('judge_min_observations') }}
),

ranges as (
    select
        kpi_id,
        grain,
        min(value) as lowest,
        max(value) as highest,
        -- a readable step: 1, 2 or 5 times a power of ten, aiming at about fifteen bars
        power(10e0, floor(log10((max(value) - min(value)) / 15e0))) as magnitude,
        (max(value) - min(value)) / 15e0 as wanted
    from entities
    group by kpi_id, grain
    having max(value) > min(value)
),

steps as (
    select
        *,
        magnitude * case
            when wanted / magnitude <= 1e0 then 1e0
            when wanted / magnitude <= 2e0 then 2e0
            when wanted / magnitude <= 5e0 then 5e0
            else 10e0
        end as step
    from ranges
),

bins as (
    select
        steps.kpi_id,
        steps.grain,
        steps.step,
        cast(bin as bigint) as bin
    from steps
    cross join unnest(
        generate_series(cast(floor(lowest / step) as bigint), cast(floor(highest / step) as bigint))
    ) as numbers(bin)
),

placed as (
    select
        entities.kpi_id,
        entities.grain,
        cast(floor(entities.value / steps.step) as bigint) as bin,
        count(*) as entities
    from entities
    inner join steps on entities.kpi_id = steps.kpi_id and entities.grain = steps.grain
    group by entities.kpi_id, entities.grain, cast(floor(entities.value / steps.step) as bigint)
)

select
    bins.kpi_id,
    bins.grain,
    round(bins.bin * bins.step, 9) as bin_low,
    round((bins.bin + 1) * bins.step, 9) as bin_high,
    cast(coalesce(placed.entities, 0) as bigint) as entities
from bins
left join placed on bins.kpi_id = placed.kpi_id and bins.grain = placed.grain and bins.bin = placed.bin
