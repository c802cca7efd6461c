select
    refusals.delivery_id,
    deliveries.file,
    refusals.table_name,
    coalesce(refusals.column_name, '') as column_name,
    refusals.reason,
    cast(refusals.refused_rows as bigint) as refused_rows,
    refusals.first_lines,
    refusals.first_day,
    refusals.last_day,
    coalesce(owners.owner_en, '') as owner_en,
    coalesce(owners.owner_zh, '') as owner_zh
from {{ source('raw', 'refusals') }} as refusals
inner join {{ source('raw', 'deliveries') }} as deliveries
    on refusals.delivery_id = deliveries.delivery_id and refusals.table_name = deliveries.table_name
left join {{ ref('file_owners') }} as owners on deliveries.layout = owners.layout
