-- What the agent's own earlier level predicts for the days since the session if nobody had coached (Jones and Spiegelhalter
-- 2009): the unreliable part of the distance from colleagues goes away by itself, and what moved everybody moves the agent.
-- Compared with the work mix taken out and told for the agent's own work. `mix` is what that work adds or, for times and
-- counts, multiplies.
with paired as (
    select
        since.coaching_id,
        since.goal_number,
        goals.family,
        goals.good,
        since.n,
        since.w,
        since.within_variance,
        since.design_effect,
        since.value,
        levels.adjusted_value as y1,
        levels.adjusted_variance as v1,
        pools.tau2,
        pools.mean_value as mu1,
        case
            when goals.family in ('prop', 'mean') then pools.mean_value + drift.since_value - drift.before_value
            else pools.mean_value * drift.since_value / nullif(drift.before_value, 0e0)
        end as mu2,
        case when goals.family in ('prop', 'mean') then levels.raw_value - levels.adjusted_value else 0e0 end as mix_added,
        case
            when goals.family in ('prop', 'mean') then 1e0
            else levels.raw_value / nullif(levels.adjusted_value, 0e0)
        end as mix_factor
    from {{ ref('int_goal_since') }} as since
    inner join {{ ref('int_goal_span') }} as goals
        on since.coaching_id = goals.coaching_id and since.goal_number = goals.goal_number
    inner join {{ ref('int_goal_before') }} as levels
        on goals.kpi_id = levels.kpi_id and goals.month_start = levels.month_start and goals.agent_id = levels.agent_id
    inner join {{ ref('int_goal_pool') }} as pools
        on goals.kpi_id = pools.kpi_id and goals.month_start = pools.month_start
    inner join {{ ref('int_goal_drift') }} as drift
        on goals.kpi_id = drift.kpi_id and goals.held_on = drift.held_on and goals.as_of = drift.as_of
    where since.part = 'since'
        and levels.adjusted_variance > 0
        and pools.people >= {{ rule_now('effect_min_treated') }}
),

expected as (
    select
        *,
        mix_added + mix_factor * {{ change_expected('y1', 'v1', 'mu1', 'mu2', 'tau2') }} as expected_value
    from paired
    -- a time or a rate of nothing has no mix to tell
    where mix_factor > 0 and mu2 is not null
),

varied as (
    select
        *,
        (value - mix_added) / mix_factor as y2,
        ({{ goal_variance('n', 'w', 'expected_value', 'within_variance', 'design_effect') }}) / (mix_factor * mix_factor) as v2
    from expected
),

compared as (
    select
        *,
        mix_factor * sqrt(v2 + tau2 / (tau2 + v1) * v1) as error,
        round(good * {{ change_z('y1', 'v1', 'y2', 'v2', 'mu1', 'mu2', 'tau2') }}, 9) as z
    from varied
    where v2 > 0 and n >= {{ var('judge_min_observations') }}
)

select
    coaching_id,
    goal_number,
    round(
        case when family = 'prop' then least(1e0, greatest(0e0, expected_value)) else greatest(0e0, expected_value) end, 9
    ) as anyway_value,
    {% for side, sign in [('low', '-'), ('high', '+')] %}
    round(
        case
            when family = 'prop' then least(1e0, greatest(0e0, expected_value {{ sign }} {{ var('interval_z') }}e0 * error))
            else greatest(0e0, expected_value {{ sign }} {{ var('interval_z') }}e0 * error)
        end, 9
    ) as anyway_{{ side }},
    {% endfor %}
    z,
    round({{ norm_cdf('z') }}, 9) as p_beyond_anyway
from compared
