with chosen as (
    select
        period_kind,
        period_start
    from {{ ref('dim_period') }}
    where is_comparison
),

-- Where people's work differs enough to matter (the expected values spread a tenth as wide as the measured ones), they
-- are compared on the same work; elsewhere the adjustment would only add noise.
differing as (
    select
        standing.kpi_id,
        standing.window_kind,
        standing.window_start
    from {{ ref('int_standing') }} as standing
    inner join chosen
        on standing.window_kind = chosen.period_kind and standing.window_start = chosen.period_start
    group by standing.kpi_id, standing.window_kind, standing.window_start
    having stddev_samp(standing.expected_value) >= 0.1e0 * stddev_samp(standing.value)
),

adjusted as (
    select
        standing.kpi_id,
        case when grouping(standing.agent_id) = 0 then 'agent' else 'team' end as grain,
        case when grouping(standing.agent_id) = 0 then standing.agent_id else standing.team_id end as entity_id,
        round(sum(standing.w * standing.adjusted_value) / sum(standing.w), 9) as adjusted_value
    from {{ ref('int_standing') }} as standing
    inner join differing
        on standing.kpi_id = differing.kpi_id
        and standing.window_kind = differing.window_kind and standing.window_start = differing.window_start
    group by grouping sets ((standing.kpi_id, standing.agent_id), (standing.kpi_id, standing.team_id))
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
        coalesce(adjusted.adjusted_value, kpi_values.value) as value,
        adjusted.adjusted_value is not null as is_adjusted,
        kpi.family,
        kpi.better
    from {{ ref('fct_kpi_value') }} as kpi_values
    inner join chosen
        on kpi_values.period_kind = chosen.period_kind and kpi_values.period_start = chosen.period_start
    inner join {{ ref('dim_kpi') }} as kpi on kpi_values.kpi_id = kpi.kpi_id
    left join adjusted
        on kpi_values.kpi_id = adjusted.kpi_id
        and kpi_values.grain = adjusted.grain and kpi_values.entity_id = adjusted.entity_id
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
