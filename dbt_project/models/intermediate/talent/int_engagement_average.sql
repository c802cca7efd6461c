-- How far the items of one agent lie apart once the items themselves are level with each other.
with items as (
    select
        *,
        avg(score) over (partition by window_kind, window_start, item) as item_mean
    from {{ ref('int_engagement_item') }}
    where status = 'counts'
)

select
    window_kind,
    window_start,
    agent_id,
    count(*) as items,
    avg(score) as average,
    sum(score) as total,
    coalesce(var_samp(score - item_mean), 0e0) * (count(*) - 1) as within_squares,
    sum(score_variance) as score_variances
from items
group by window_kind, window_start, agent_id
