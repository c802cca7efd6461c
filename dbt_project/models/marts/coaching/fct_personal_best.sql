with newest as (
    select max(window_start) as month_start
    from {{ ref('int_window') }}
    where window_kind = 'month'
)

select
    records.agent_id,
    agents.team_id,
    records.kpi_id,
    records.month_start,
    records.value,
    records.n,
    records.previous_best,
    records.usual_value,
    records.month_start = newest.month_start as is_newest_month
from {{ ref('int_recognition_month') }} as records
cross join newest
left join {{ ref('dim_agent') }} as agents on records.agent_id = agents.agent_id
where records.is_record
