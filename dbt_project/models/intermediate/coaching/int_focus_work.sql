-- Each agent's results by kind of work (coarse strata), each beside the agent's own in all other work. Differences between
-- kinds are mostly chance, so they are pulled towards none by their unreliable part (METHOD.md section 3).
with kpis as (
    select
        kpi.kpi_id,
        kpi.position,
        kpi.family,
        case when kpi.better = 'lower' then -1e0 else 1e0 end as good
    from {{ ref('dim_kpi') }} as kpi
    inner join (
        select kpi_id from {{ ref('int_weight') }}
        group by kpi_id
    ) as weights on kpi.kpi_id = weights.kpi_id
    where kpi.better <> 'neutral' and kpi.family in ('prop', 'mean') and kpi.aspect <> 'management'
),

own as (
    select
        cells.window_kind,
        cells.window_start,
        cells.kpi_id,
        cells.agent_id,
        cells.coarse_stratum as stratum,
        kpis.position,
        kpis.family,
        kpis.good,
        sum(cells.n) as n,
        sum(cells.w) as w,
        sum(cells.o) as o
    from {{ ref('int_cell') }} as cells
    inner join kpis on cells.kpi_id = kpis.kpi_id
    where cells.window_kind in ('quarter', 'all') and cells.coarse_stratum <> ''
    group by
        cells.window_kind,
        cells.window_start,
        cells.kpi_id,
        cells.agent_id,
        cells.coarse_stratum,
        kpis.position,
        kpis.family,
        kpis.good
),

-- what colleagues did in the same kind of work
beside as (
    select
        own.*,
        (alike.o - own.o) / (alike.w - own.w) as mean,
        alike.n as all_n,
        alike.within_variance,
        everyone.o / everyone.w as centre_value
    from own
    inner join {{ ref('int_reference') }} as alike
        on alike.level = 'coarse'
        and own.window_kind = alike.window_kind
        and own.window_start = alike.window_start
        and own.kpi_id = alike.kpi_id
        and own.stratum = alike.stratum
    inner join {{ ref('int_reference') }} as everyone
        on everyone.level = 'everyone'
        and own.window_kind = everyone.window_kind
        and own.window_start = everyone.window_start
        and own.kpi_id = everyone.kpi_id
    where alike.n - own.n >= {{ rule_now('min_reference_n') }} and alike.w > own.w
),

deviations as (
    select
        *,
        good * (o - w * mean) as deviation,
        {{ sampling_variance('n', 'w * w / n', 'mean', 'all_n', 'within_variance') }} as variance
    from beside
),

split as (
    select
        *,
        deviation / w as y,
        variance / (w * w) as v,
        (sum(deviation) over whole - deviation) / nullif(sum(w) over whole - w, 0e0) as other_y,
        (sum(variance) over whole - variance) / nullif(power(sum(w) over whole - w, 2), 0e0) as other_v,
        sum(n) over whole - n as other_n
    from deviations
    window whole as (partition by window_kind, window_start, kpi_id, agent_id)
),

compared as (
    select
        *,
        y - other_y as difference,
        v + other_v as difference_variance
    from split
    where n >= {{ var('judge_min_observations') }} and other_n >= {{ var('judge_min_observations') }} and v > 0 and other_v > 0
),

spread as (
    select
        window_kind,
        window_start,
        kpi_id,
        {{ variance_beyond_error('difference', 'difference_variance') }} as tau2
    from compared
    group by window_kind, window_start, kpi_id
),

steadied as (
    select
        compared.*,
        {{ steadied('difference', 'difference_variance', 'spread.tau2', '0e0') }} as steadied_difference,
        sqrt({{ steadied_variance('difference_variance', 'spread.tau2', '0e0') }}) as difference_sd
    from compared
    inner join spread
        on compared.window_kind = spread.window_kind
        and compared.window_start = spread.window_start
        and compared.kpi_id = spread.kpi_id
),

standardised as (
    select
        *,
        -steadied_difference / nullif(difference_sd, 0e0) as z_uneven,
        -(other_y + steadied_difference) / sqrt(other_v + difference_sd * difference_sd) as z_behind
    from steadied
)

select
    window_kind,
    window_start,
    kpi_id,
    position as kpi_position,
    agent_id,
    trim(replace(trim(stratum, '|'), '|', ' · ')) as work,
    n,
    round({{ natural_value('family', 'centre_value', 'good * (other_y + steadied_difference)') }}, 9) as value,
    round({{ natural_value('family', 'centre_value', 'good * other_y') }}, 9) as other_value,
    round(other_y, 9) as other_y,
    coalesce(round({{ norm_cdf('z_uneven') }}, 9), 0.5e0) as p_worse_than_other_work,
    round({{ norm_cdf('z_behind') }}, 9) as p_behind_colleagues
from standardised
