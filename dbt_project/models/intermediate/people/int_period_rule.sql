{% set rule_ids = [
    'complaint_coefficient_points', 'absence_coefficient_points', 'call_volume_min_days', 'attendance_min_hours', 'occupancy_warning',
] -%}
with periods as (
    select
        period_kind,
        period_start,
        period_end
    from {{ ref('dim_period') }}
    where period_kind in ('month', 'quarter', 'all')
),

in_force as (
    select
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        rules.rule_id,
        arg_max(rules.value, rules.valid_from) as value
    from periods
    inner join {{ ref('rules') }} as rules on periods.period_end >= rules.valid_from
    group by periods.period_kind, periods.period_start, periods.period_end, rules.rule_id
)

select
    period_kind,
    period_start,
    period_end,
    {% for rule_id in rule_ids %}
    max(case when rule_id = '{{ rule_id }}' then value end) as {{ rule_id }}{{ "," if not loop.last }}
    {% endfor %}
from in_force
group by period_kind, period_start, period_end
