-- A low span is usually followed by a better one, coached or not. What an agent's own earlier value predicts without any
-- coaching (Jones and Spiegelhalter 2009) stands beside what happened. Signed values are turned back into the KPI's own.
with coached as (
    select
        agent_id,
        outcome_kpi_id as kpi_id,
        month_start as coaching_month,
        count(distinct coaching_id) as sessions
    from {{ ref('int_coaching_goal') }}
    where outcome_kpi_id is not null
    group by agent_id, outcome_kpi_id, month_start
),

rules as (
    select max(value) as effect_sure_z from {{ ref('int_rule_now') }}
    where rule_id = 'effect_sure_z'
),

paired as (
    select
        coached.agent_id,
        coached.kpi_id,
        coached.coaching_month,
        coached.sessions,
        spans.good,
        spans.pre1 as y1,
        spans.pre1_variance as v1,
        spans.post as y2,
        spans.post_variance as v2,
        spans.post_months,
        pools.people,
        pools.tau2,
        pools.mean_before as mu1,
        pools.mean_after as mu2,
        rules.effect_sure_z
    from coached
    inner join {{ ref('int_effect_span') }} as spans
        on coached.kpi_id = spans.kpi_id
        and coached.coaching_month = spans.start_month
        and coached.agent_id = spans.agent_id
    inner join {{ ref('int_agent_change_pool') }} as pools
        on coached.kpi_id = pools.kpi_id and coached.coaching_month = pools.start_month
    cross join rules
    where spans.pre1_variance > 0 and spans.post_variance > 0 and pools.people >= {{ rule_now('effect_min_treated') }}
),

predicted as (
    select
        *,
        {{ change_expected('y1', 'v1', 'mu1', 'mu2', 'tau2') }} as expected,
        sqrt(v2 + tau2 / (tau2 + v1) * v1) as error,
        round({{ change_z('y1', 'v1', 'y2', 'v2', 'mu1', 'mu2', 'tau2') }}, 9) as z
    from paired
)

select
    agent_id,
    kpi_id,
    coaching_month,
    cast(sessions as bigint) as sessions,
    post_months as months_after,
    people as peers,
    round(good * y1, 9) as value_before,
    round(good * y2, 9) as value_after,
    round(good * expected, 9) as expected_value,
    round(y2 - y1, 9) as gain,
    round(expected - y1, 9) as expected_gain,
    round(y2 - expected, 9) as gain_beyond_expected,
    round(error, 9) as gain_error,
    z,
    round({{ norm_cdf('z') }}, 9) as probability_improved,
    case
        when z >= effect_sure_z then 'above_expectation'
        when z <= -effect_sure_z then 'below_expectation'
        else 'as_expected'
    end as finding
from predicted
