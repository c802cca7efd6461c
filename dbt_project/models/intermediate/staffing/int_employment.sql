-- The newest row of the roster; whose first day is not known was there before the data begin.
with newest as (
    select
        *,
        row_number() over (partition by agent_id order by valid_from desc) = 1 as is_newest
    from {{ ref('stg_agents') }}
)

select
    agent_id,
    hire_date,
    coalesce(hire_date, cast('0001-01-01' as date)) as first_day,
    coalesce(left_date, cast('9999-12-31' as date)) as last_day,
    left_date,
    cast(left_date - hire_date as bigint) as days_until_left
from newest
where is_newest
    and (hire_date is null or left_date is null or left_date >= hire_date)
