with placed as (
    select
        *,
        row_number() over (
            partition by window_kind, window_start, grain, entity_id, level
            order by misses desc, round(lost_points, 6) desc, dimension, item
        ) as position
    from {{ ref('int_item_sum') }}
)

select
    window_kind,
    window_start,
    grain,
    entity_id,
    level,
    dimension,
    item,
    is_critical,
    cast(position as bigint) as position,
    cast(items as bigint) as items,
    cast(misses as bigint) as misses,
    round(misses / cast(items as double), 9) as miss_share,
    round({{ wilson_low('misses', 'items', var('interval_z') ~ 'e0') }}, 9) as interval_low,
    round({{ wilson_high('misses', 'items', var('interval_z') ~ 'e0') }}, 9) as interval_high,
    round(lost_points / nullif(max_points, 0e0), 9) as lost_share,
    round(
        sum(misses) over (partition by window_kind, window_start, grain, entity_id, level order by position)
        / nullif(cast(sum(misses) over (partition by window_kind, window_start, grain, entity_id, level) as double), 0e0), 9
    ) as cumulative_share
from placed
