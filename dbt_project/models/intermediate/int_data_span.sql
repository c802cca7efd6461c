with days as (
    select day from {{ ref('stg_contacts') }}
    union all
    select day from {{ ref('stg_surveys') }}
)

select
    min(day) as first_day,
    max(day) as last_day
from days
