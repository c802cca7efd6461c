with deliveries as (
    select * from {{ source('raw', 'deliveries') }}
),

reasons as (
    select
        delivery_id,
        table_name,
        string_agg(distinct reason, ', ' order by reason) as reasons
    from {{ source('raw', 'refusals') }}
    group by delivery_id, table_name
)

select
    deliveries.delivery_id,
    cast(deliveries.sequence as bigint) as sequence,
    deliveries.file,
    deliveries.layout,
    deliveries.table_name,
    cast(deliveries.file_rows as bigint) as file_rows,
    cast(deliveries.not_applicable_rows as bigint) as not_applicable_rows,
    cast(deliveries.accepted_rows as bigint) as accepted_rows,
    cast(deliveries.refused_rows as bigint) as refused_rows,
    cast(deliveries.superseded_rows as bigint) as superseded_rows,
    coalesce(reasons.reasons, '') as reasons,
    deliveries.first_day,
    deliveries.last_day,
    tables.days_behind,
    coalesce(owners.owner_en, '') as owner_en,
    coalesce(owners.owner_zh, '') as owner_zh
from deliveries
inner join {{ ref('dim_table') }} as tables on deliveries.table_name = tables.table_name
left join {{ ref('file_owners') }} as owners on deliveries.layout = owners.layout
left join reasons
    on deliveries.delivery_id = reasons.delivery_id and deliveries.table_name = reasons.table_name
