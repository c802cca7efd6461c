{% set per_thousand = var('complaints_per_1000') -%}
{% set z = var('interval_z') ~ 'e0' -%}
with {{ person_periods(
    [
        'contacts_handled', 'upheld_complaints', 'monitor_n', 'monitor_points', 'monitor_squares',
        'test_call_n', 'test_call_points', 'test_call_squares',
    ],
    'contacts_handled > 0e0 or upheld_complaints > 0e0 or monitor_n + test_call_n > 0',
) }},

-- Within-person spread and complaints per contact over everybody: one person's few evaluations say too little about both.
pooled as (
    select
        period_kind,
        period_start,
        {% for kind in ['monitor', 'test_call'] %}
        sum(greatest(0e0, {{ kind }}_squares - {{ kind }}_points * {{ kind }}_points / nullif({{ kind }}_n, 0e0)))
        / nullif(sum(greatest(0e0, {{ kind }}_n - 1)), 0e0) as {{ kind }}_variance,
        {% endfor %}
        sum(upheld_complaints) / nullif(sum(contacts_handled), 0e0) as complaints_per_contact
    from sums
    where grain = 'agent'
    group by period_kind, period_start
),

means as (
    select
        sums.*,
        sums.monitor_points / nullif(sums.monitor_n, 0e0) as monitor,
        sums.test_call_points / nullif(sums.test_call_n, 0e0) as test_call,
        -- test calls may come once a quarter: then the spread is that of the whole span
        coalesce(pooled.monitor_variance, whole.monitor_variance) / nullif(sums.monitor_n, 0e0) as monitor_error,
        coalesce(pooled.test_call_variance, whole.test_call_variance) / nullif(sums.test_call_n, 0e0) as test_call_error,
        -- complaints are counted per month of one person, so that a team is measured as a person is
        {{ 'sums.contacts_handled / 1000e0' if per_thousand else 'sums.agent_months' }} as complaint_base,
        -- Poisson; nobody is sure of none because none was seen yet
        greatest(sums.upheld_complaints, pooled.complaints_per_contact * sums.contacts_handled) as complaint_variance,
        rules.complaint_coefficient_points as coefficient
    from sums
    inner join pooled on sums.period_kind = pooled.period_kind and sums.period_start = pooled.period_start
    left join pooled as whole on whole.period_kind = 'all'
    inner join {{ ref('int_period_rule') }} as rules
        on sums.period_kind = rules.period_kind and sums.period_start = rules.period_start
),

rated as (
    select
        *,
        upheld_complaints / nullif(cast(complaint_base as double), 0e0) as complaints,
        case
            when monitor_n > 0 and test_call_n > 0 then 'monitor_and_test'
            when monitor_n > 0 then 'monitor_only'
            when test_call_n > 0 then 'test_only'
            else 'not_scored'
        end as basis,
        -- one evaluation each, or all alike, leave no spread to judge by
        nullif(case
            when monitor_n > 0 and test_call_n > 0 then (monitor_error + test_call_error) / 4e0
            else coalesce(monitor_error, test_call_error)
        end, 0e0) as score_variance
    from means
),

indexed as (
    select
        *,
        {{ service_quality_points('monitor', 'test_call', 'complaints', 'coefficient') }} as points,
        sqrt(
            score_variance + coefficient * coefficient * complaint_variance / nullif(cast(complaint_base as double) * complaint_base, 0e0)
        ) as error
    from rated
)

select
    grain,
    entity_id,
    period_kind,
    period_start,
    basis,
    cast(monitor_n as bigint) as monitor_n,
    round(monitor, 9) as monitor_points,
    cast(test_call_n as bigint) as test_call_n,
    round(test_call, 9) as test_call_points,
    upheld_complaints,
    contacts_handled,
    agent_months,
    round(complaints, 9) as complaints,
    '{{ "complaints_per_1000_contacts" if per_thousand else "complaints_per_agent_month" }}' as complaints_unit,
    coefficient,
    round(points, 9) as raw_value,
    round({{ clip_points('points') }}, 9) as value,
    round({{ clip_points('points - ' ~ z ~ ' * error') }}, 9) as interval_low,
    round({{ clip_points('points + ' ~ z ~ ' * error') }}, 9) as interval_high
from indexed
