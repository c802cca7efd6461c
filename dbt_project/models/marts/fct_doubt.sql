with layouts as (
    select
        delivery_id,
        min(layout) as layout
    from {{ source('raw', 'deliveries') }}
    group by delivery_id
)

select
    doubts.delivery_id,
    doubts.file,
    doubts.table_name,
    doubts.column_name,
    doubts.doubt,
    doubts.severity,
    doubts.first_day,
    doubts.last_day,
    doubts.affected_rows,
    doubts.observed,
    doubts.expected,
    doubts.unit,
    coalesce(owners.owner_en, '') as owner_en,
    coalesce(owners.owner_zh, '') as owner_zh
from {{ source('raw', 'doubts') }} as doubts
left join layouts on doubts.delivery_id = layouts.delivery_id
left join {{ ref('file_owners') }} as owners on layouts.layout = owners.layout
