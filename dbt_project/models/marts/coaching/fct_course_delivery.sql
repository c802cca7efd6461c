with held as (
    select training.*
    from {{ ref('stg_training') }} as training
    inner join {{ ref('int_data_span') }} as span on training.day <= span.last_day
),

seats as (
    select
        course_id,
        arg_max(dimension, (day, session_id)) as dimension,
        string_agg(distinct method, ', ' order by method) as methods,
        count(distinct trainer) as trainers,
        count(distinct session_id) as sessions,
        count(distinct agent_id) as invited,
        count(distinct agent_id) filter (where absence is null) as attended,
        count(*) filter (where absence = 'approved') as approved_absences,
        count(*) filter (where absence = 'unexcused') as unexcused_absences,
        count(*) filter (where is_voluntary) as voluntary_seats,
        count(is_voluntary) as known_seats
    from held
    group by course_id
),

lengths as (
    select
        course_id,
        avg(hours) as hours
    from (
        select
            course_id,
            session_id,
            max(hours) as hours
        from held
        group by course_id, session_id
    ) as sessions
    group by course_id
),

participants as (
    select
        course_id,
        agent_id,
        min(day) as first_day
    from held
    where absence is null
    group by course_id, agent_id
),

newcomers as (
    select
        participants.course_id,
        count(*) filter (
            where participants.first_day - agents.hire_date < {{ rule_now('grace_days') }}
        ) as new_starters,
        count(agents.hire_date) as known_people
    from participants
    inner join {{ ref('dim_agent') }} as agents on participants.agent_id = agents.agent_id
    group by participants.course_id
)

select
    seats.course_id,
    seats.dimension,
    seats.methods,
    cast(seats.trainers as bigint) as trainers,
    round(lengths.hours, 9) as hours,
    cast(seats.sessions as bigint) as sessions,
    cast(seats.invited as bigint) as invited,
    cast(seats.attended as bigint) as attended,
    cast(seats.approved_absences as bigint) as approved_absences,
    cast(seats.unexcused_absences as bigint) as unexcused_absences,
    round(seats.voluntary_seats / nullif(cast(seats.known_seats as double), 0e0), 9) as voluntary_share,
    round(newcomers.new_starters / nullif(cast(newcomers.known_people as double), 0e0), 9) as new_starter_share
from seats
inner join lengths on seats.course_id = lengths.course_id
left join newcomers on seats.course_id = newcomers.course_id
