select
    error_type,
    position,
    kpi_id,
    dimension,
    label_en,
    label_zh,
    practice
from {{ ref('error_types') }}
