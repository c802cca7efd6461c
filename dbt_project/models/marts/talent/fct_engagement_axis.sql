select
    axis.window_kind,
    axis.window_start,
    axis.state,
    cast(axis.items as bigint) as items,
    cast(axis.engagement_min_items as bigint) as least_items,
    cast(axis.people_checked as bigint) as people_checked,
    axis.alpha,
    axis.engagement_alpha as least_alpha,
    cast(count(ratings.engagement_score) as bigint) as people_rated
from {{ ref('int_engagement_axis') }} as axis
left join {{ ref('int_engagement') }} as ratings
    on axis.window_kind = ratings.window_kind and axis.window_start = ratings.window_start
group by
    axis.window_kind,
    axis.window_start,
    axis.state,
    axis.items,
    axis.engagement_min_items,
    axis.people_checked,
    axis.alpha,
    axis.engagement_alpha
