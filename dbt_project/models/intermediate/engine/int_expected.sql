-- What colleagues would have scored on exactly this agent's contacts: leave-one-out, because an agent who owns a stratum
-- would otherwise be compared with themselves.
with cells as (
    select
        *,
        sum(n) over coarse as coarse_n,
        sum(w) over coarse as coarse_w,
        sum(o) over coarse as coarse_o,
        sum(n) over whole as agent_n,
        sum(w) over whole as agent_w,
        sum(o) over whole as agent_o
    from {{ ref('int_cell') }}
    window
        coarse as (partition by window_kind, window_start, kpi_id, agent_id, coarse_stratum),
        whole as (partition by window_kind, window_start, kpi_id, agent_id)
),

referenced as (
    select
        cells.*,
        kpi.family,
        fine.n as fine_n,
        coarse.n as reference_coarse_n,
        everyone.n as everyone_n,
        fine.n - cells.n >= rules.min_reference_n as is_shared,
        coarse.n - cells.coarse_n >= rules.min_reference_n as is_coarsely_shared,
        -- rare events need some of their own to have a rate: next to none expected would make any one of them enormous
        fine.n - cells.n >= rules.min_reference_n and (kpi.family <> 'count' or fine.o - cells.o >= 5e0) as has_fine,
        coarse.n - cells.coarse_n >= rules.min_reference_n
        and (kpi.family <> 'count' or coarse.o - cells.coarse_o >= 5e0) as has_coarse,
        (fine.o - cells.o) / nullif(fine.w - cells.w, 0e0) as fine_mean,
        (coarse.o - cells.coarse_o) / nullif(coarse.w - cells.coarse_w, 0e0) as coarse_mean,
        (everyone.o - cells.agent_o) / nullif(everyone.w - cells.agent_w, 0e0) as everyone_mean,
        fine.within_variance as fine_variance,
        coarse.within_variance as coarse_variance,
        everyone.within_variance as everyone_variance,
        everyone.o / everyone.w as centre_value
    from cells
    inner join {{ ref('dim_kpi') }} as kpi on cells.kpi_id = kpi.kpi_id
    inner join {{ ref('int_rule') }} as rules
        on cells.window_kind = rules.window_kind and cells.window_start = rules.window_start
    inner join {{ ref('int_reference') }} as fine
        on fine.level = 'stratum'
        and cells.window_kind = fine.window_kind and cells.window_start = fine.window_start
        and cells.kpi_id = fine.kpi_id and cells.stratum = fine.stratum
    inner join {{ ref('int_reference') }} as coarse
        on coarse.level = 'coarse'
        and cells.window_kind = coarse.window_kind and cells.window_start = coarse.window_start
        and cells.kpi_id = coarse.kpi_id and cells.coarse_stratum = coarse.stratum
    inner join {{ ref('int_reference') }} as everyone
        on everyone.level = 'everyone'
        and cells.window_kind = everyone.window_kind and cells.window_start = everyone.window_start
        and cells.kpi_id = everyone.kpi_id
),

chosen as (
    select
        *,
        case when has_fine then fine_mean when has_coarse then coarse_mean else everyone_mean end as mean,
        case when has_fine then fine_n when has_coarse then reference_coarse_n else everyone_n end as reference_n,
        coalesce(
            case when has_fine then fine_variance when has_coarse then coarse_variance end, everyone_variance
        ) as within_variance
    from referenced
),

bounded as (
    select
        *,
        -- a share of 0 or 1 among colleagues is not certain either
        case
            when family = 'prop' then greatest(0.5e0 / (reference_n + 1), least(1e0 - 0.5e0 / (reference_n + 1), mean))
            else mean
        end as safe_mean
    from chosen
)

select
    window_kind,
    window_start,
    kpi_id,
    agent_id,
    any_value(family) as family,
    sum(n) as n,
    sum(w) as w,
    sum(o) as o,
    sum(w * mean) as e,
    sum(case when is_shared or is_coarsely_shared then 0 else n end) / cast(sum(n) as double) as no_reference_share,
    sum(case family
        when 'prop' then n * safe_mean * (1e0 - safe_mean)
        when 'count' then n * mean
        else w * w / n * within_variance
    end) as expected_variance,
    any_value(centre_value) as centre_value
from bounded
group by window_kind, window_start, kpi_id, agent_id
