with counts as (
    {{ suppressed(ref('int_tier_count'), 'window_kind, window_start', ['row_key']) }}
)

select
    window_kind,
    window_start,
    window_end,
    is_current,
    column_key as tier,
    case when not is_hidden then cast(people as bigint) end as people,
    cast(people_in_all as bigint) as people_in_all,
    cast(sum(case when is_hidden then people else 0 end) over (partition by window_kind, window_start) as bigint)
        as people_hidden
from counts
