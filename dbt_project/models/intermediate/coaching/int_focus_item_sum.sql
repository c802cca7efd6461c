-- What everybody together did with an item stands beside each agent's own part, so that a comparison can leave it out.
with sums as (
    select
        window_kind,
        window_start,
        agent_id,
        item,
        max(dimension) as dimension,
        max(error_type) as error_type,
        max(matter) as matter,
        bool_or(is_critical) as is_critical,
        count(*) as n,
        count(*) filter (where is_missed) as misses,
        sum(lost_share) as o,
        sum(lost_share * lost_share) as ss
    from {{ ref('int_focus_item') }}
    group by window_kind, window_start, agent_id, item
)

select
    *,
    sum(n) over whole as all_n,
    sum(misses) over whole as all_misses,
    sum(o) over whole as all_o,
    count(*) over whole as agents,
    sum(cast(n as double) * n) over whole as all_squares,
    sum(greatest(0e0, ss - o * o / n)) over whole / nullif(sum(n - 1) over whole, 0) as within_variance
from sums
window whole as (partition by window_kind, window_start, item)
