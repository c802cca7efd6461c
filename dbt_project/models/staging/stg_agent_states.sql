with source as (
    select
        states.*,
        cast(states.started_at as date) as day,
        coalesce(deliveries.layout, '') as layout,
        coalesce(deliveries.sequence, 0) as sequence
    from {{ source('raw', 'agent_states') }} as states
    left join {{ source('raw', 'deliveries') }} as deliveries
        on states.delivery_id = deliveries.delivery_id and deliveries.table_name = 'agent_states'
),

-- A plan comes whole for a person and day: what the newer plan leaves out is planned no longer.
newest_plan as (
    select
        agent_id,
        day,
        layout,
        max(sequence) as sequence
    from source
    where is_planned
    group by agent_id, day, layout
)

select
    source.agent_id,
    source.is_planned,
    source.started_at,
    source.day,
    source.state,
    source.minutes,
    source.is_paid
from source
left join newest_plan
    on source.is_planned
    and source.agent_id = newest_plan.agent_id
    and source.day = newest_plan.day
    and source.layout = newest_plan.layout
where not source.is_planned or source.sequence = newest_plan.sequence
