with windows as (
    select
        window_start,
        row_number() over (order by window_start desc) as from_newest
    from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
)

select
    min(windows.window_start) as from_day,
    min(span.last_day) as last_day,
    min(span.last_day) - cast({{ rule_now('coaching_evidence_days') }} as integer) as recent_day
from {{ ref('int_data_span') }} as span
cross join windows
where windows.from_newest <= 2
