with source as (
    select * from {{ source('raw', 'goal_reviews') }}
)

select
    coaching_id,
    goal_number,
    reviewed_on,
    status,
    nullif(trim(note), '') as note,
    nullif(trim(changed_method), '') as changed_method,
    nullif(trim(reviewer), '') as reviewer
from source
