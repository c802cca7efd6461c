-- How alike the misses of one agent are, as the intraclass correlation of a beta-binomial by moments (Kleinman 1973),
-- pooled over the items of a window: 0 = agents do not differ, 1 = who misses an item always misses it.
with items as (
    select
        window_kind,
        window_start,
        item,
        max(agents) as agents,
        max(all_n) as n,
        max(all_squares) / max(all_n) as squares,
        max(all_misses) / cast(max(all_n) as double) as p,
        sum(n * power(misses / cast(n as double) - all_misses / cast(all_n as double), 2)) as deviation
    from {{ ref('int_focus_item_sum') }}
    group by window_kind, window_start, item
)

select
    window_kind,
    window_start,
    -- rounded, so that threads decide nothing; half at most, since a handful of agents can look all or nothing
    round(least(0.5e0, greatest(0e0, coalesce(
        sum(deviation / (p * (1e0 - p)) - (agents - 1)) filter (where p > 0 and p < 1)
        / nullif(sum(n - squares - (agents - 1)) filter (where p > 0 and p < 1), 0e0), 0e0
    ))), 9) as likeness
from items
group by window_kind, window_start
