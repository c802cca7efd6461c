with chosen as (
    select
        period_kind,
        period_start
    from {{ ref('dim_period') }}
    where is_comparison
),

entities as (
    select
        kpi_values.kpi_id,
        kpi_values.grain,
        kpi_values.entity_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        kpi_values.n,
        kpi_values.w,
        kpi_values.o,
        kpi_values.ss,
        kpi_values.value,
        kpi.family,
        kpi.better
    from {{ ref('fct_kpi_value') }} as kpi_values
    inner join chosen
        on kpi_values.period_kind = chosen.period_kind and kpi_values.period_start = chosen.period_start
    inner join {{ ref('dim_kpi') }} as kpi on kpi_values.kpi_id = kpi.kpi_id
    where kpi_values.grain in ('agent', 'team', 'centre')
        and kpi.family not in ('volume', 'index')
        and kpi_values.w > 0
),

-- the centre of a grain is what its members achieved together, so that the funnel is about them
centres as (
    select
        kpi_id,
        grain,
        -- rounded here, before anything is built on them: the last bits of a sum vary with threads, and exp() at few
        -- observations carries them far beyond the digits that are rounded away later
        round(sum(o) / sum(w), 9) as centre_value,
        round(sqrt(greatest(0e0, sum(n * (ss / w - (o / w) * (o / w))) / nullif(sum(n - 1), 0))), 6) as within_sd
    from entities
    where grain <> 'centre'
    group by kpi_id, grain
)

select
    entities.*,
    centres.centre_value,
    centres.within_sd
from entities
inner join centres on entities.kpi_id = centres.kpi_id and entities.grain = centres.grain
