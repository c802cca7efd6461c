{{ config(materialized='view') }}

with contacts as (
    select * from {{ ref('stg_contacts') }}
),

span as (
    select * from {{ ref('int_data_span') }}
),

-- only contacts with a customer key can be followed; the rest would be one huge partition
followed as (
    select
        *,
        lead(started_at) over (
            partition by customer_key, coalesce(reason, queue) order by started_at, contact_id
        ) as next_started_at
    from contacts
    where customer_key is not null
),

anonymous as (
    select
        *,
        cast(null as timestamp) as next_started_at
    from contacts
    where customer_key is null
),

joined as (
    select * from followed
    union all
    select * from anonymous
)

select
    joined.*,
    joined.is_answered
    and joined.customer_key is not null
    and joined.direction = 'inbound'
    and joined.day <= span.last_day - {{ var('first_contact_window_days') }} as is_first_contact_eligible,
    coalesce(
        joined.next_started_at <= joined.started_at + interval '{{ var("first_contact_window_days") }} days', false
    ) as is_repeated
from joined
cross join span
