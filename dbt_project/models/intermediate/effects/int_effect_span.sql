-- Months are added up by weight, so that a span is sum over sum like everything else. Signed so that more is better: every
-- difference below is a gain.
{%- set spans = effect_spans() %}
with standing as (
    select
        standing.*,
        case when standing.better = 'lower' then -1e0 else 1e0 end as good
    from {{ ref('int_standing') }} as standing
    where standing.window_kind = 'month' and standing.w > 0 and standing.adjusted_value is not null
),

observed as (
    select
        months.kpi_id,
        months.start_month,
        months.span,
        months.month_offset,
        standing.agent_id,
        standing.good,
        standing.w,
        standing.good * standing.adjusted_value as gain_value,
        standing.adjusted_variance,
        standing.centre_value,
        standing.tenure_days
    from {{ ref('int_effect_month') }} as months
    inner join standing on months.kpi_id = standing.kpi_id and months.month_start = standing.window_start
    where months.is_enough
),

spans as (
    select
        kpi_id,
        start_month,
        agent_id,
        max(good) as good,
        {% for span, offsets in spans.items() %}
        count(*) filter (where span = '{{ span }}') as {{ span }}_months,
        {{ weighted_mean('gain_value', 'w', "span = '" ~ span ~ "'") }} as {{ span }},
        {{ weighted_mean_variance('adjusted_variance', 'w', "span = '" ~ span ~ "'") }} as {{ span }}_variance,
        {% endfor %}
        {% for month_offset in spans['post'] %}
        max(gain_value) filter (where month_offset = {{ month_offset }}) as month_{{ month_offset }},
        {% endfor %}
        avg(centre_value) filter (where span = 'pre0') as usual_value,
        max(tenure_days) filter (where span = 'pre0') as tenure_days
    from observed
    group by kpi_id, start_month, agent_id
)

-- A new starter improves by learning the work; a length of service that nobody delivered is taken for a long one.
select
    kpi_id,
    start_month,
    agent_id,
    good,
    pre0,
    pre1,
    post,
    pre1_variance,
    post_variance,
    month_1,
    month_2,
    month_3,
    usual_value,
    cast(post_months as bigint) as post_months
from spans
where coalesce(tenure_days, {{ rule_now('effect_min_tenure_days') }}) >= {{ rule_now('effect_min_tenure_days') }}
    {%- for span in spans %}
    and {{ span }}_months >= {{ rule_now('effect_min_months') }}
    {%- endfor %}
