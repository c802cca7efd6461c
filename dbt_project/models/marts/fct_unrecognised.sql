select
    file,
    coalesce(nearest_layout, '') as nearest_layout,
    coalesce(missing_columns, '') as missing_columns,
    reason
from {{ source('raw', 'unrecognised') }}
