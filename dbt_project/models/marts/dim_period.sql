with span as (
    select * from {{ ref('int_data_span') }}
    where first_day is not null
),

days as (
    select
        cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day,
        first_day,
        last_day
    from span
),

periods as (
    {% for kind in period_kinds() %}
    select distinct
        '{{ kind }}' as period_kind,
        {{ period_start(kind, 'day', 'first_day') }} as period_start,
        {% if kind == 'all' -%}
        last_day
        {%- elif kind == 'day' -%}
        day
        {%- else -%}
        cast(date_trunc('{{ kind }}', day) + interval {{ {'week': '7 days', 'month': '1 month', 'quarter': '3 months'}[kind] }} as date) - 1
        {%- endif %} as period_end,
        first_day,
        last_day
    from days
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

judged as (
    select
        period_kind,
        period_start,
        period_end,
        row_number() over (partition by period_kind order by period_start) as position,
        period_start >= first_day and period_end <= last_day as is_complete
    from periods
),

latest as (
    select
        *,
        -- where no period of a kind is complete yet, the newest stands in for it
        row_number() over (
            partition by period_kind order by case when is_complete then 0 else 1 end, period_start desc
        ) = 1 as is_latest_complete
    from judged
)

select
    period_kind,
    period_start,
    period_end,
    cast(position as bigint) as position,
    is_complete,
    is_latest_complete,
    -- a quarter that is still running is no base for comparing people, so the whole span stands in
    is_latest_complete and period_kind = case
        when bool_or(is_complete and period_kind = 'quarter') over () then 'quarter'
        else 'all'
    end as is_comparison
from latest
