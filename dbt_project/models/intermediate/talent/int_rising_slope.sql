-- A straight line through the scores of up to four quarters, each weighing by what is known about it, then pulled towards
-- the mean slope of all agents by the part that chance explains.
with current_window as (
    select position from {{ ref('int_window') }}
    where window_kind = 'quarter' and is_current
),

scores as (
    select
        composite.agent_id,
        cast(windows.position as double) as quarter,
        composite.score,
        1e0 / nullif(composite.score_sd * composite.score_sd, 0e0) as weight
    from {{ ref('int_composite') }} as composite
    inner join {{ ref('int_window') }} as windows
        on composite.window_kind = windows.window_kind and composite.window_start = windows.window_start
    inner join current_window
        on windows.position between current_window.position - {{ rule_now('rising_quarters') }} + 1 and current_window.position
    where composite.window_kind = 'quarter'
),

centred as (
    select
        *,
        quarter - sum(weight * quarter) over agent / sum(weight) over agent as distance,
        count(*) over agent as quarters
    from scores
    where weight is not null
    window agent as (partition by agent_id)
),

lines as (
    select
        agent_id,
        quarters,
        sum(weight * distance * score) / nullif(sum(weight * distance * distance), 0e0) as y,
        1e0 / nullif(sum(weight * distance * distance), 0e0) as v
    from centred
    where quarters >= {{ rule_now('rising_min_quarters') }}
    group by agent_id, quarters
),

spread as (
    select {{ variance_beyond_error('y', 'v') }} as tau2 from lines
    where v is not null
),

placed as (
    select
        lines.*,
        spread.tau2,
        sum(lines.y / (lines.v + spread.tau2)) over () / sum(1e0 / (lines.v + spread.tau2)) over () as mu,
        1e0 / sum(1e0 / (lines.v + spread.tau2)) over () as vmu
    from lines
    cross join spread
    where lines.v is not null
),

steadied as (
    select
        agent_id,
        quarters,
        mu as mean_slope,
        {{ steadied('y', 'v', 'tau2', 'mu') }} as slope,
        sqrt({{ steadied_variance('v', 'tau2', 'vmu') }}) as slope_sd
    from placed
),

distances as (
    select
        *,
        -- what carries the whole centre upwards singles out nobody
        {{ distance_above('slope', 'slope_sd', 'greatest(0e0, mean_slope)') }} as z
    from steadied
)

select
    agent_id,
    quarters,
    mean_slope,
    slope,
    slope_sd,
    round({{ norm_cdf('z') }}, 9) as p_rising
from distances
