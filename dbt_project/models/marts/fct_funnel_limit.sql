select
    kpi_id,
    grain,
    n,
    round(centre_value, 9) as centre_value,
    round(low_95, 9) as low_95,
    round(high_95, 9) as high_95,
    round(low_998, 9) as low_998,
    round(high_998, 9) as high_998
from {{ ref('int_funnel_limit') }}
where is_grid
