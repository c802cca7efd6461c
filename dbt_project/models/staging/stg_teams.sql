with source as (
    select * from {{ source('raw', 'teams') }}
)

select
    team_id,
    coalesce(name, name_zh, team_id) as name_en,
    coalesce(name_zh, name, team_id) as name_zh,
    leader,
    manager,
    valid_from,
    row_number() over (partition by team_id order by valid_from desc) = 1 as is_newest
from source
