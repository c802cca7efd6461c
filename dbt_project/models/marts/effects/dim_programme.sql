with participation as (
    select
        programme_kind,
        programme_id,
        min(day) as first_day,
        max(day) as last_day,
        count(distinct agent_id) as people
    from {{ ref('int_effect_session') }}
    group by programme_kind, programme_id
),

coaching as (
    select
        programme as programme_id,
        count(distinct coaching_id) as sessions
    from {{ ref('stg_coaching_log') }}
    where programme is not null
    group by programme
),

seats as (
    select
        course_id as programme_id,
        count(distinct session_id) as sessions,
        count(score_points) as tests,
        avg(score_points) as mean_test_points,
        count(reaction_points) as reactions,
        avg(reaction_points) as mean_reaction_points
    from {{ ref('int_training_seat') }}
    where is_present
    group by course_id
),

-- a course as its newest session describes it
courses as (
    select
        course_id as programme_id,
        arg_max(course_name, day) as name,
        arg_max(stage, day) as stage,
        arg_max(course_type, day) as course_type,
        arg_max(trainer_source, day) as trainer_source
    from {{ ref('stg_training') }}
    group by course_id
),

outcomes as (
    select
        programme_kind,
        programme_id,
        count(*) as outcomes
    from {{ ref('int_effect_outcome') }}
    group by programme_kind, programme_id
),

named as (
    select
        participation.*,
        coalesce(courses.name, participation.programme_id) as name,
        courses.stage,
        courses.course_type,
        courses.trainer_source,
        coalesce(coaching.sessions, seats.sessions) as sessions,
        coalesce(seats.tests, 0) as tests,
        seats.mean_test_points,
        coalesce(seats.reactions, 0) as reactions,
        seats.mean_reaction_points,
        coalesce(outcomes.outcomes, 0) as outcomes
    from participation
    left join coaching
        on participation.programme_kind = 'coaching' and participation.programme_id = coaching.programme_id
    left join seats
        on participation.programme_kind = 'course' and participation.programme_id = seats.programme_id
    left join courses
        on participation.programme_kind = 'course' and participation.programme_id = courses.programme_id
    left join outcomes
        on participation.programme_kind = outcomes.programme_kind and participation.programme_id = outcomes.programme_id
)

select
    named.programme_kind,
    named.programme_id,
    coalesce(labels.name_en, {{ name_in_english('named.name') }}) as name_en,
    coalesce(labels.name_zh, {{ name_in_chinese('named.name') }}) as name_zh,
    named.stage,
    named.course_type,
    named.trainer_source,
    named.first_day,
    named.last_day,
    cast(named.sessions as bigint) as sessions,
    cast(named.people as bigint) as people,
    cast(named.outcomes as bigint) as outcomes,
    cast(named.tests as bigint) as tests,
    round(named.mean_test_points, 9) as mean_test_points,
    cast(named.reactions as bigint) as reactions,
    round(named.mean_reaction_points, 9) as mean_reaction_points
from named
left join {{ ref('labels') }} as labels
    on labels.grain = case when named.programme_kind = 'coaching' then 'programme' else 'course' end
    and named.programme_id = labels.entity_id
