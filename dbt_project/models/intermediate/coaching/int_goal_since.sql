-- The whole time since the session, and the closing part of it by which a goal is judged when its time is over. The path is
-- averaged over the same observations, so that somebody whose contacts came late is held against the late path.
with parts as (
    {% for part in ['since', 'closing'] %}
    select
        coaching_id,
        goal_number,
        '{{ part }}' as part,
        sum(n) as n,
        sum(w) as w,
        sum(o) as o,
        sum(ss) as ss,
        sum(w * path_value) / sum(w) as path_value
    from {{ ref('int_goal_day') }}
    {% if part == 'closing' %}where is_closing{% endif %}
    group by coaching_id, goal_number
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

effects as (
    select
        effects.kpi_id,
        effects.design_effect
    from {{ ref('int_design_effect') }} as effects
    inner join {{ ref('int_window') }} as windows
        on effects.window_kind = windows.window_kind and effects.window_start = windows.window_start and windows.is_current
),

measured as (
    select
        goals.coaching_id,
        goals.goal_number,
        parts.part,
        goals.family,
        goals.good,
        goals.baseline_value,
        goals.target_value,
        cast(parts.n as bigint) as n,
        parts.w,
        parts.o,
        parts.ss,
        coalesce(effects.design_effect, 1e0) as design_effect,
        round(parts.o / parts.w, 9) as value,
        round(parts.path_value, 9) as path_value,
        {{ mean_variance('parts.n', 'parts.w', 'parts.o', 'parts.ss') }} * parts.n as within_variance
    from parts
    inner join {{ ref('int_goal_span') }} as goals
        on parts.coaching_id = goals.coaching_id and parts.goal_number = goals.goal_number
    left join effects on goals.kpi_id = effects.kpi_id
),

varied as (
    select
        *,
        sqrt(nullif(round({{ goal_variance('n', 'w', 'path_value', 'within_variance', 'design_effect') }}, 18), 0e0)) as value_error
    from measured
),

scaled as (
    select
        *,
        case when family = 'logmean' then value_error / nullif(value, 0e0) else value_error end as path_error,
        n >= {{ var('judge_min_observations') }} as has_observations
    from varied
),

compared as (
    select
        *,
        case
            when has_observations then round({{ goal_distance('value', 'path_value') }} / nullif(path_error, 0e0), 9)
        end as z
    from scaled
)

select
    coaching_id,
    goal_number,
    part,
    n,
    w,
    o,
    ss,
    value,
    path_value,
    path_error,
    within_variance,
    design_effect,
    round({{ norm_cdf('z') }}, 9) as p_on_path,
    z is not null as can_tell,
    -- chance alone reaches further than the way from baseline to target
    round({{ var('interval_z') }}e0 * value_error, 9) > round(abs(target_value - baseline_value), 9) as is_wide
from compared
