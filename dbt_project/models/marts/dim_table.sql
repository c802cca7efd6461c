with tables as (
    select * from {{ source('raw', 'contract_tables') }}
),

totals as (
    select
        table_name,
        sum(accepted_rows) as accepted_rows,
        sum(refused_rows) as refused_rows,
        sum(accepted_rows - superseded_rows) as held_rows,
        min(first_day) as first_day,
        max(last_day) as last_day
    from {{ source('raw', 'deliveries') }}
    group by table_name
)

select
    tables.table_name,
    cast(tables.position as bigint) as position,
    tables.label_en,
    tables.label_zh,
    coalesce(totals.held_rows, 0) > 0 as is_delivered,
    cast(coalesce(totals.accepted_rows, 0) as bigint) as accepted_rows,
    cast(coalesce(totals.refused_rows, 0) as bigint) as refused_rows,
    cast(coalesce(totals.held_rows, 0) as bigint) as held_rows,
    totals.first_day,
    totals.last_day,
    -- a roster row is dated when it begins, so only tables that arrive daily can fall behind
    case
        when tables.arrives_daily then cast(greatest(0, span.last_day - totals.last_day) as bigint)
    end as days_behind
from tables
cross join {{ ref('int_data_span') }} as span
left join totals on tables.table_name = totals.table_name
