-- What the centre's agents did in each stratum of work in a window and in the one directly before, side by side.
with sums as (
    select
        cells.kpi_id,
        cells.window_kind,
        cells.stratum,
        windows.position,
        sum(cells.n) as n,
        -- rounded here: the last bits of a sum vary with threads, and could tip a published digit
        round(sum(cells.w), 6) as w,
        round(sum(cells.o), 6) as o
    from {{ ref('int_stratum_window') }} as cells
    inner join {{ ref('int_window') }} as windows
        on cells.window_kind = windows.window_kind and cells.window_start = windows.window_start
    -- where work has no kinds there is no mix
    where cells.window_kind in ('month', 'quarter') and cells.stratum <> ''
    group by cells.kpi_id, cells.window_kind, cells.stratum, windows.position
),

pairs as (
    select
        coalesce(later.kpi_id, earlier.kpi_id) as kpi_id,
        coalesce(later.window_kind, earlier.window_kind) as window_kind,
        coalesce(later.position, earlier.position + 1) as position,
        coalesce(later.stratum, earlier.stratum) as stratum,
        coalesce(earlier.n, 0) as n_before,
        coalesce(later.n, 0) as n_after,
        coalesce(earlier.w, 0e0) as w_before,
        coalesce(later.w, 0e0) as w_after,
        coalesce(earlier.o, 0e0) as o_before,
        coalesce(later.o, 0e0) as o_after
    from sums as later
    full outer join sums as earlier
        on later.kpi_id = earlier.kpi_id
        and later.window_kind = earlier.window_kind
        and later.position = earlier.position + 1
        and later.stratum = earlier.stratum
),

totals as (
    select
        *,
        sum(w_before) over whole as all_w_before,
        sum(w_after) over whole as all_w_after,
        sum(o_before) over whole as all_o_before,
        sum(o_after) over whole as all_o_after
    from pairs
    window whole as (partition by kpi_id, window_kind, position)
),

rates as (
    select
        *,
        all_o_before / nullif(all_w_before, 0e0) as value_before,
        all_o_after / nullif(all_w_after, 0e0) as value_after,
        w_before / nullif(all_w_before, 0e0) as share_before,
        w_after / nullif(all_w_after, 0e0) as share_after,
        o_before / nullif(w_before, 0e0) as rate_before,
        o_after / nullif(w_after, 0e0) as rate_after
    from totals
    where all_w_before > 0e0 and all_w_after > 0e0
),

-- work that is new or has gone did not get better or worse: its one rate counts on both sides
completed as (
    select
        *,
        coalesce(rate_before, rate_after) as r_before,
        coalesce(rate_after, rate_before) as r_after
    from rates
)

select
    completed.kpi_id,
    completed.window_kind,
    windows.window_start,
    earlier.window_start as previous_start,
    completed.stratum,
    completed.n_before,
    completed.n_after,
    completed.value_before,
    completed.value_after,
    completed.share_before,
    completed.share_after,
    completed.rate_before,
    completed.rate_after,
    {{ kitagawa_mix('share_before', 'share_after', 'r_before', 'r_after') }}
    -- more of what is better than average helps, more of what is worse harms; over all strata this takes away nothing
    - (completed.share_after - completed.share_before) * (completed.value_before + completed.value_after) / 2e0 as mix_part,
    {{ kitagawa_performance('share_before', 'share_after', 'r_before', 'r_after') }} as performance_part
from completed
inner join {{ ref('int_window') }} as windows
    on completed.window_kind = windows.window_kind and completed.position = windows.position
inner join {{ ref('int_window') }} as earlier
    on completed.window_kind = earlier.window_kind and completed.position = earlier.position + 1
