-- What colleagues would have scored on exactly this agent's contacts: leave-one-out, because an agent who owns a stratum
-- would otherwise be compared with themselves. Where too few colleagues did work of the same kind, those of the coarser
-- kind stand in, and where that fails too, everybody. Fine cells are by far the most rows, so they are met only once.
with cells as (
    select
        cells.*,
        kpi.family,
        rules.min_reference_n,
        -- rare events need some of their own to have a rate: next to none expected would make any one of them enormous
        case when kpi.family = 'count' then 5e0 end as min_reference_o
    from {{ ref('int_cell') }} as cells
    inner join {{ ref('dim_kpi') }} as kpi on cells.kpi_id = kpi.kpi_id
    inner join {{ ref('int_rule') }} as rules
        on cells.window_kind = rules.window_kind and cells.window_start = rules.window_start
),

fine as (
    select
        cells.*,
        alike.n as all_n,
        alike.within_variance,
        (alike.o - cells.o) / nullif(alike.w - cells.w, 0e0) as mean,
        alike.n - cells.n >= cells.min_reference_n as is_shared,
        alike.n - cells.n >= cells.min_reference_n
        and (cells.min_reference_o is null or alike.o - cells.o >= cells.min_reference_o) as has_reference
    from cells
    inner join {{ ref('int_reference') }} as alike
        on alike.level = 'stratum'
        and cells.window_kind = alike.window_kind and cells.window_start = alike.window_start
        and cells.kpi_id = alike.kpi_id and cells.stratum = alike.stratum
),

-- what the fine strata settle, and how much is left to the coarse ones (rest_)
settled as (
    select
        window_kind,
        window_start,
        kpi_id,
        agent_id,
        coarse_stratum,
        any_value(family) as family,
        any_value(min_reference_n) as min_reference_n,
        any_value(min_reference_o) as min_reference_o,
        sum(n) as n,
        sum(w) as w,
        sum(o) as o,
        sum(w * mean) filter (where has_reference) as e,
        sum({{ sampling_variance('n', 'w * w / n', 'mean', 'all_n', 'within_variance') }}) filter (where has_reference) as variance,
        sum(w * w / n) filter (where has_reference and within_variance is null) as unknown_spread,
        sum(n) filter (where not is_shared) as unshared_n,
        sum(n) filter (where not has_reference) as rest_n,
        sum(w) filter (where not has_reference) as rest_w,
        sum(w * w / n) filter (where not has_reference) as rest_spread
    from fine
    group by window_kind, window_start, kpi_id, agent_id, coarse_stratum
),

totalled as (
    select
        *,
        sum(w) over whole as agent_w,
        sum(o) over whole as agent_o
    from settled
    window whole as (partition by window_kind, window_start, kpi_id, agent_id)
),

coarse as (
    select
        own.*,
        alike.n as alike_n,
        alike.within_variance as alike_variance,
        everyone.n as everyone_n,
        everyone.within_variance as everyone_variance,
        everyone.o / everyone.w as centre_value,
        (alike.o - own.o) / nullif(alike.w - own.w, 0e0) as alike_mean,
        (everyone.o - own.agent_o) / nullif(everyone.w - own.agent_w, 0e0) as everyone_mean,
        alike.n - own.n >= own.min_reference_n as is_shared,
        alike.n - own.n >= own.min_reference_n
        and (own.min_reference_o is null or alike.o - own.o >= own.min_reference_o) as has_reference
    from totalled as own
    inner join {{ ref('int_reference') }} as alike
        on alike.level = 'coarse'
        and own.window_kind = alike.window_kind and own.window_start = alike.window_start
        and own.kpi_id = alike.kpi_id and own.coarse_stratum = alike.stratum
    inner join {{ ref('int_reference') }} as everyone
        on everyone.level = 'everyone'
        and own.window_kind = everyone.window_kind and own.window_start = everyone.window_start
        and own.kpi_id = everyone.kpi_id
),

chosen as (
    select
        *,
        case when has_reference then alike_n else everyone_n end as all_n,
        case when has_reference then alike_mean else everyone_mean end as mean,
        coalesce(case when has_reference then alike_variance end, everyone_variance) as within_variance
    from coarse
),

expected as (
    select
        *,
        rest_w * mean as rest_e,
        {{ sampling_variance('rest_n', 'rest_spread', 'mean', 'all_n', 'within_variance') }} as rest_variance,
        case when family not in ('prop', 'count') then unknown_spread * everyone_variance end as unknown_variance
    from chosen
)

select
    window_kind,
    window_start,
    kpi_id,
    agent_id,
    any_value(family) as family,
    cast(sum(n) as bigint) as n,
    sum(w) as w,
    sum(o) as o,
    coalesce(sum(e) + sum(rest_e), sum(e), sum(rest_e)) as e,
    coalesce(sum(unshared_n) filter (where not is_shared), 0) / cast(sum(n) as double) as no_reference_share,
    sum(coalesce(variance, 0e0) + coalesce(rest_variance, 0e0) + coalesce(unknown_variance, 0e0)) as expected_variance,
    any_value(centre_value) as centre_value
from expected
group by window_kind, window_start, kpi_id, agent_id
