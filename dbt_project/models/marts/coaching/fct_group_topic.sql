select
    topics.window_kind,
    topics.window_start,
    topics.is_current,
    topics.team_id,
    cast(row_number() over (
        partition by topics.window_kind, topics.window_start, topics.team_id
        order by
            topics.people_missing / cast(topics.people as double) desc,
            topics.misses desc,
            topics.items,
            topics.error_type
    ) as bigint) as position,
    topics.error_type,
    kinds.dimension,
    topics.items,
    topics.misses,
    topics.people,
    topics.people_missing,
    topics.miss_share,
    topics.centre_miss_share,
    topics.p_above_centre,
    topics.verdict
from {{ ref('int_focus_topic') }} as topics
inner join {{ ref('error_types') }} as kinds on topics.error_type = kinds.error_type
