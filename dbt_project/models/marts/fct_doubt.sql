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
    doubts.unit
from {{ source('raw', 'doubts') }} as doubts
