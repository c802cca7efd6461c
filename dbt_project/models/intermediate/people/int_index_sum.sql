{{ config(materialized='view') }}

with indices as (
    select
        'call_volume_index' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        cast(contacts_handled as bigint) as n,
        raw_value as value,
        raw_value,
        -- a count against a quota is no sample of anything
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        variant as basis
    from {{ ref('int_call_volume') }}
    where is_chosen
    union all
    select
        'service_quality_index' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        monitor_n + test_call_n as n,
        value,
        raw_value,
        interval_low,
        interval_high,
        basis
    from {{ ref('int_service_quality') }}
    union all
    select
        'training_index' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        score_n as n,
        value,
        raw_value,
        interval_low,
        interval_high,
        basis
    from {{ ref('int_training_index') }}
)

select indices.*
from indices
inner join {{ ref('dim_kpi') }} as kpi on indices.kpi_id = kpi.kpi_id and kpi.is_delivered
where indices.raw_value is not null
