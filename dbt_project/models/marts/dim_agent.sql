with roster as (
    select
        *,
        row_number() over (partition by agent_id order by valid_from desc) = 1 as is_newest
    from {{ ref('stg_agents') }}
),

newest as (
    select * from roster
    where is_newest
),

worked as (
    select
        entity_id as agent_id,
        min(day) as first_day,
        max(day) as last_day
    from (
        select
            entity_id,
            day
        from {{ ref('int_contact_day') }}
        where grain = 'agent'
        union all
        select
            entity_id,
            day
        from {{ ref('int_survey_day') }}
        where grain = 'agent'
    ) as days
    group by entity_id
),

-- somebody who handles contacts without standing on the roster is an agent all the same
known as (
    select agent_id from newest
    union
    select agent_id from worked
),

span as (
    select * from {{ ref('int_data_span') }}
)

select
    known.agent_id,
    newest.team_id,
    newest.role,
    newest.hire_date,
    cast(span.last_day - newest.hire_date as bigint) as tenure_days,
    newest.tenure_band,
    newest.programme,
    newest.shift,
    worked.first_day,
    worked.last_day,
    newest.left_date is null
    and coalesce(worked.last_day >= span.last_day - {{ var('agent_active_days') }}, false) as is_current
from known
cross join span
left join newest on known.agent_id = newest.agent_id
left join worked on known.agent_id = worked.agent_id
