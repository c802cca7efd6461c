with held as (
    select training.*
    from {{ ref('stg_training') }} as training
    inner join {{ ref('int_data_span') }} as span on training.day <= span.last_day
),

-- a course as its newest session describes it
described as (
    select
        course_id,
        arg_max(course_name, (day, session_id)) as name,
        arg_max(stage, (day, session_id)) as stage
    from held
    group by course_id
),

courses as (
    select
        described.course_id,
        described.stage,
        coalesce(labels.name_en, {{ name_in_english('described.name') }}) as name_en,
        coalesce(labels.name_zh, {{ name_in_chinese('described.name') }}) as name_zh
    from described
    left join {{ ref('labels') }} as labels on labels.grain = 'course' and described.course_id = labels.entity_id
    where described.stage is not null
),

attended as (
    select
        agent_id,
        course_id,
        max(day) as attended_on
    from held
    where absence is null
    group by agent_id, course_id
),

-- most who came were new: nothing that somebody hired before the records began could have been seen to attend
for_starters as (
    select
        held.course_id,
        median(held.day - agents.hire_date) <= {{ rule_now('effect_min_tenure_days') }} as is_for_starters
    from held
    inner join {{ ref('dim_agent') }} as agents on held.agent_id = agents.agent_id
    where held.absence is null
    group by held.course_id
),

people as (
    select
        agents.agent_id,
        agents.team_id,
        courses.stage,
        count(*) as courses,
        count(attended.attended_on) as attended,
        max(attended.attended_on) as last_attended_on,
        string_agg(courses.name_en, chr(10) order by courses.course_id)
            filter (where attended.attended_on is null) as missing_en,
        string_agg(courses.name_zh, chr(10) order by courses.course_id)
            filter (where attended.attended_on is null) as missing_zh
    from {{ ref('dim_agent') }} as agents
    cross join courses
    left join attended on agents.agent_id = attended.agent_id and courses.course_id = attended.course_id
    left join for_starters on courses.course_id = for_starters.course_id
    where agents.is_current
        and (
            attended.attended_on is not null
            or not coalesce(for_starters.is_for_starters, false)
            or coalesce(agents.hire_date >= (select min(held.day) from held), true)
        )
    group by agents.agent_id, agents.team_id, courses.stage
),

entities as (
    select
        'agent' as grain,
        agent_id as entity_id,
        *
    from people
    union all
    select
        'team' as grain,
        team_id as entity_id,
        *
    from people
    where team_id is not null
    union all
    select
        'centre' as grain,
        'centre' as entity_id,
        *
    from people
)

select
    grain,
    entity_id,
    stage,
    cast(max(courses) as bigint) as courses,
    cast(count(*) as bigint) as people,
    cast(count(*) filter (where attended = courses) as bigint) as people_all,
    cast(count(*) filter (where attended > 0 and attended < courses) as bigint) as people_some,
    cast(count(*) filter (where attended = 0) as bigint) as people_none,
    max(last_attended_on) as last_attended_on,
    max(missing_en) filter (where grain = 'agent') as missing_courses_en,
    max(missing_zh) filter (where grain = 'agent') as missing_courses_zh
from entities
group by grain, entity_id, stage
