-- Staging is named each time instead of once in a CTE: DuckDB 2.0.0 materialises a CTE that is used often, and with the
-- exists() below, which stops reading early, its reader and writer then waited for each other for ever at 10 M contacts.
with span as (
    select * from {{ ref('int_data_span') }}
),

settling as (
    select first_contact_window_days as days from {{ ref('int_first_contact_window') }}
),

-- Most switches say who answered, not whom an unanswered call was offered to; counting only the answered ones would
-- give everybody an answer rate of 100 %.
assigning as (
    select exists(
        select 1 from {{ ref('stg_contacts') }}
        where is_offered and not is_answered and agent_id is not null
    ) as names_the_agent
),

-- only the few that belong to a chain, so that the join stays small
chained as (
    select
        followed.contact_id,
        coalesce(followed.days_to_next <= settling.days, false) as is_repeated,
        coalesce(followed.days_from_previous <= settling.days, false) as is_repeat
    from {{ ref('int_followed') }} as followed
    cross join settling
    where followed.days_to_next <= settling.days or followed.days_from_previous <= settling.days
),

complained as (
    select
        contact_id,
        count(*) as upheld_complaints
    from {{ ref('int_complaint') }}
    where is_upheld and contact_id is not null
    group by contact_id
),

rated as (
    select contact_id
    from {{ ref('stg_surveys') }}
    where contact_id is not null
    group by contact_id
)

select
    contacts.*,
    rated.contact_id is not null as has_survey,
    contacts.is_answered
    and contacts.customer_key is not null
    and contacts.direction = 'inbound'
    and contacts.day <= span.last_day - settling.days as is_first_contact_eligible,
    coalesce(chained.is_repeated, false) as is_repeated,
    coalesce(chained.is_repeat, false) as is_repeat,
    coalesce(complained.upheld_complaints, 0) as upheld_complaints,
    contacts.is_offered and contacts.agent_id is not null and assigning.names_the_agent as is_offered_to_agent
from {{ ref('stg_contacts') }} as contacts
cross join span
cross join settling
cross join assigning
left join chained on contacts.contact_id = chained.contact_id
left join complained on contacts.contact_id = complained.contact_id
left join rated on contacts.contact_id = rated.contact_id
