with newest_quarters as (
    select
        period_start,
        row_number() over (order by period_start desc) as from_newest
    from {{ ref('dim_period') }}
    where period_kind = 'quarter'
)

select
    workdays.agent_id,
    workdays.day,
    case when workdays.is_absent then 'absent' else 'late' end as what,
    round(workdays.missing_minutes, 6) as missing_minutes
from {{ ref('int_workday') }} as workdays
where (workdays.is_late or workdays.is_absent)
    and workdays.day >= (
        select min(period_start) from newest_quarters
        where from_newest <= 2
    )
