with source as (
    select * from {{ source('raw', 'ratings') }}
)

select
    quarter_start,
    agent_id,
    source,
    rater,
    item,
    100e0 * score / scale_max as score_percent,
    source = 'self' or rater = agent_id as is_self
from source
