with source as (
    select * from {{ source('raw', 'published_tiers') }}
),

numbered as (
    select
        *,
        row_number() over (partition by agent_id, window_start order by revision desc) as from_newest
    from source
)

select
    agent_id,
    window_start,
    revision,
    as_of,
    rules,
    tier,
    score,
    score_sd,
    p_low,
    p_high
from numbered
where from_newest = 1
