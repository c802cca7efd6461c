select
    volume.grain,
    volume.entity_id,
    volume.period_kind,
    volume.period_start,
    volume.variant,
    volume.is_chosen,
    volume.is_known,
    cast(volume.contacts_handled as bigint) as contacts_handled,
    cast(volume.deducted as bigint) as deducted,
    volume.scheduled_days,
    volume.prorated_quota,
    cast(volume.agent_months as bigint) as agent_months,
    volume.raw_value as value
from {{ ref('int_call_volume') }} as volume
inner join {{ ref('dim_kpi') }} as kpi on kpi.kpi_id = 'call_volume_index' and kpi.is_delivered
