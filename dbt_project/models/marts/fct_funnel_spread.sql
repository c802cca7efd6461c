select
    kpi_id,
    grain,
    phi,
    tau2,
    is_overdispersed,
    entities
from {{ ref('int_funnel_spread') }}
