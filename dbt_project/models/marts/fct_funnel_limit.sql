select
    kpi_id,
    grain,
    n,
    centre_value,
    low_95,
    high_95,
    low_998,
    high_998
from {{ ref('int_funnel_limit') }}
where is_grid
