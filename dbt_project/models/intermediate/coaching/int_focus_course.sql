-- Nobody is expected in a course that only a few colleagues of the same role were in, nor in one about something else than
-- what the agent misses.
with people as (
    select * from {{ ref('int_focus_person') }}
),

needs as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        standing.dimension
    from people
    inner join {{ ref('int_focus_item_standing') }} as standing
        on people.window_kind = standing.window_kind
        and people.window_start = standing.window_start
        and people.agent_id = standing.agent_id
    where standing.p_more_misses >= {{ rule_now('focus_sure') }} and standing.dimension is not null
    group by people.window_kind, people.window_start, people.agent_id, standing.dimension
),

-- who was at a course within the time that training is remembered
seats as (
    select
        windows.window_kind,
        windows.window_start,
        training.course_id,
        training.agent_id,
        max(training.course_name) as course_name,
        max(training.dimension) as dimension
    from {{ ref('stg_training') }} as training
    inner join {{ ref('int_window') }} as windows
        on windows.window_kind in ('quarter', 'all')
        and training.day <= windows.window_end
        and training.day > windows.window_end - cast({{ rule_now('training_memory_days') }} as integer)
    where training.absence is null
    group by windows.window_kind, windows.window_start, training.course_id, training.agent_id
),

-- people of each role, and how many of them were at each course
roles as (
    select
        window_kind,
        window_start,
        role,
        count(*) as people
    from {{ ref('int_agent_window') }}
    group by window_kind, window_start, role
),

attended as (
    select
        seats.window_kind,
        seats.window_start,
        seats.course_id,
        agents.role,
        max(seats.course_name) as course_name,
        max(seats.dimension) as dimension,
        count(*) as people
    from seats
    inner join {{ ref('int_agent_window') }} as agents
        on seats.window_kind = agents.window_kind
        and seats.window_start = agents.window_start
        and seats.agent_id = agents.agent_id
    group by seats.window_kind, seats.window_start, seats.course_id, agents.role
),

beside as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        attended.course_name,
        own.agent_id is not null as is_taken,
        attended.people - case when own.agent_id is null then 0 else 1 end as colleagues_there,
        roles.people - 1 as colleagues
    from people
    inner join needs
        on people.window_kind = needs.window_kind
        and people.window_start = needs.window_start
        and people.agent_id = needs.agent_id
    inner join roles
        on people.window_kind = roles.window_kind
        and people.window_start = roles.window_start
        and people.role = roles.role
    inner join attended
        on people.window_kind = attended.window_kind
        and people.window_start = attended.window_start
        and people.role = attended.role
        and needs.dimension = attended.dimension
    left join seats as own
        on people.window_kind = own.window_kind
        and people.window_start = own.window_start
        and people.agent_id = own.agent_id
        and attended.course_id = own.course_id
),

-- the majority of two people is none
usual as (
    select
        window_kind,
        window_start,
        agent_id,
        course_name as detail,
        bool_or(is_taken) as is_taken,
        max(colleagues_there / cast(colleagues as double)) as comparison,
        max(colleagues) as n
    from beside
    where 2 * colleagues_there > colleagues and colleagues > 2
    group by window_kind, window_start, agent_id, course_name
)

select
    window_kind,
    window_start,
    agent_id,
    detail,
    case when is_taken then 'against' else 'for' end as speaks,
    case when is_taken then 1e0 else 0e0 end as amount,
    comparison,
    n
from usual
union all
select
    people.window_kind,
    people.window_start,
    people.agent_id,
    '' as detail,
    'not_delivered' as speaks,
    cast(null as double) as amount,
    cast(null as double) as comparison,
    cast(null as bigint) as n
from people
left join (
    select
        window_kind,
        window_start
    from seats
    group by window_kind, window_start
) as delivered
    on people.window_kind = delivered.window_kind and people.window_start = delivered.window_start
where delivered.window_kind is null
