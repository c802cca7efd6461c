{{ config(materialized='view') }}

with surveys as (
    select * from {{ ref('stg_surveys') }}
),

contacts as (
    select
        contact_id,
        agent_id,
        queue,
        channel,
        reason,
        segment
    from {{ ref('stg_contacts') }}
)

select
    surveys.survey_id,
    coalesce(surveys.agent_id, contacts.agent_id) as agent_id,
    contacts.queue,
    contacts.channel,
    contacts.reason,
    contacts.segment,
    surveys.day,
    surveys.score,
    surveys.is_top_two
from surveys
left join contacts on surveys.contact_id = contacts.contact_id
