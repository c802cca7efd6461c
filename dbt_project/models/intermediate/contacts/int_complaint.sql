-- Complaints are few and contacts are many: every join below starts from the complaints, and each step looks only at those
-- that the step before could not place.
with complaints as (
    select * from {{ ref('stg_complaints') }}
),

by_contact as (
    select
        complaints.complaint_id,
        contacts.contact_id,
        contacts.agent_id,
        contacts.day
    from {{ ref('stg_contacts') }} as contacts
    inner join complaints on contacts.contact_id = complaints.contact_id
),

without_contact as (
    select complaints.*
    from complaints
    left join by_contact on complaints.complaint_id = by_contact.complaint_id
    where by_contact.complaint_id is null
),

of_the_customer as (
    select
        complaints.complaint_id,
        contacts.contact_id,
        contacts.agent_id,
        contacts.day,
        row_number() over (
            partition by complaints.complaint_id order by contacts.started_at desc, contacts.contact_id desc
        ) as recency
    from {{ ref('stg_contacts') }} as contacts
    inner join without_contact as complaints
        on contacts.customer_key = complaints.customer_key
        and contacts.started_at <= complaints.received_at
        and contacts.started_at >= complaints.received_at - interval '30 days'
    where contacts.is_answered and (complaints.agent_id is null or complaints.agent_id = contacts.agent_id)
),

by_customer as (
    select * from of_the_customer
    where recency = 1
),

without_customer as (
    select complaints.*
    from without_contact as complaints
    left join by_customer on complaints.complaint_id = by_customer.complaint_id
    where by_customer.complaint_id is null and complaints.agent_id is not null
),

-- the agent's days first, so that no complaint meets all contacts of its agent
agents as (
    select agent_id from without_customer
    group by agent_id
),

agent_days as (
    select
        contacts.agent_id,
        contacts.day
    from {{ ref('stg_contacts') }} as contacts
    inner join agents on contacts.agent_id = agents.agent_id
    where contacts.is_answered
    group by contacts.agent_id, contacts.day
),

last_days as (
    select
        complaints.complaint_id,
        complaints.agent_id,
        complaints.received_at,
        agent_days.day,
        row_number() over (partition by complaints.complaint_id order by agent_days.day desc) as recency
    from without_customer as complaints
    inner join agent_days
        on complaints.agent_id = agent_days.agent_id and agent_days.day <= cast(complaints.received_at as date)
),

of_the_agent as (
    select
        last_days.complaint_id,
        contacts.contact_id,
        contacts.agent_id,
        contacts.day,
        row_number() over (
            partition by last_days.complaint_id order by contacts.started_at desc, contacts.contact_id desc
        ) as recency
    from {{ ref('stg_contacts') }} as contacts
    -- two days: all contacts of the newest one may have begun after the complaint
    inner join last_days
        on contacts.agent_id = last_days.agent_id
        and contacts.day = last_days.day
        and contacts.started_at <= last_days.received_at
        and last_days.recency <= 2
    where contacts.is_answered
),

matched as (
    select
        complaint_id,
        contact_id,
        agent_id,
        day,
        'contact' as match_quality
    from by_contact
    union all
    select
        complaint_id,
        contact_id,
        agent_id,
        day,
        'customer' as match_quality
    from by_customer
    union all
    select
        complaint_id,
        contact_id,
        agent_id,
        day,
        'agent' as match_quality
    from of_the_agent
    where recency = 1
)

select
    complaints.complaint_id,
    coalesce(matched.agent_id, complaints.agent_id) as agent_id,
    matched.contact_id,
    coalesce(matched.match_quality, 'none') as match_quality,
    complaints.received_at,
    matched.day as contact_day,
    complaints.verdict,
    complaints.is_upheld
from complaints
left join matched on complaints.complaint_id = matched.complaint_id
