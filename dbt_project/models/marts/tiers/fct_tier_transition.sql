with cells as (
    {{ suppressed(ref('int_tier_transition'), 'window_start', ['row_key', 'column_key', 'step']) }}
)

select
    window_start,
    previous_start,
    row_key as previous_tier,
    column_key as tier,
    case when not is_hidden then cast(people as bigint) end as people
from cells
