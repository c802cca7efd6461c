with callbacks as (
    select * from {{ ref('stg_callbacks') }}
),

span as (
    select * from {{ ref('int_data_span') }}
),

-- promises are few and contacts are many: only those in which something was promised are kept
contacts as (
    select
        contacts.contact_id,
        contacts.agent_id,
        contacts.channel,
        contacts.queue,
        contacts.reason,
        contacts.segment
    from {{ ref('stg_contacts') }} as contacts
    inner join (
        select contact_id from callbacks
        where contact_id is not null
        group by contact_id
    ) as promised on contacts.contact_id = promised.contact_id
)

select
    callbacks.callback_id,
    coalesce(callbacks.agent_id, contacts.agent_id) as agent_id,
    callbacks.due_day as day,
    contacts.channel,
    contacts.queue,
    contacts.reason,
    contacts.segment,
    coalesce(callbacks.due_day between span.first_day and span.last_day, false) as is_due,
    callbacks.is_on_time
from callbacks
cross join span
left join contacts on callbacks.contact_id = contacts.contact_id
