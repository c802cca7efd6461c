-- Three spans around each start month: pre1, the three months before it, in which people are usually selected; pre0, the three
-- before those, which the selection cannot have distorted; post, the three after it.
with wanted as (
    select
        outcomes.kpi_id,
        starts.start_month
    from {{ ref('int_effect_start') }} as starts
    inner join {{ ref('int_effect_outcome') }} as outcomes
        on starts.programme_kind = outcomes.programme_kind and starts.programme_id = outcomes.programme_id
    group by outcomes.kpi_id, starts.start_month
    union
    select
        outcome_kpi_id as kpi_id,
        month_start as start_month
    from {{ ref('int_coaching_goal') }}
    where outcome_kpi_id is not null
    group by outcome_kpi_id, month_start
),

around as (
    select
        wanted.kpi_id,
        wanted.start_month,
        span_months.span,
        span_months.month_offset,
        cast(wanted.start_month + span_months.month_offset * interval '1 month' as date) as month_start
    from wanted
    cross join (
        values
        {%- for span, offsets in effect_spans().items() %}
        {%- set last_span = loop.last %}
        {%- for month_offset in offsets %}
        ('{{ span }}', {{ month_offset }}){{ "," if not (last_span and loop.last) }}
        {%- endfor %}
        {%- endfor %}
    ) as span_months(span, month_offset)
),

delivered as (
    select
        around.*,
        count(*) over (partition by around.kpi_id, around.start_month, around.span) as span_months
    from around
    inner join {{ ref('int_window') }} as windows
        on windows.window_kind = 'month' and around.month_start = windows.window_start
)

select
    kpi_id,
    start_month,
    span,
    cast(month_offset as bigint) as month_offset,
    month_start,
    span_months >= {{ rule_now('effect_min_months') }} as is_enough
from delivered
