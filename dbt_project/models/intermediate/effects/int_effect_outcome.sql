-- What a programme is judged by: coaching by the KPIs of its goals; a course by behaviour on the job (QA score) and, apart from
-- that, by results. The test of a course says what was learnt and its reaction sheet how hard the trainer tried: neither is
-- an effect.
with delivered as (
    select
        kpi_id,
        better,
        unit,
        source_table
    from {{ ref('dim_kpi') }}
    where is_delivered and better in ('higher', 'lower')
),

of_coaching as (
    select
        'coaching' as programme_kind,
        programme as programme_id,
        outcome_kpi_id as kpi_id,
        'goal' as outcome_level
    from {{ ref('int_coaching_goal') }}
    where programme is not null and outcome_kpi_id is not null
    group by programme, outcome_kpi_id
),

of_courses as (
    select
        seats.programme_kind,
        seats.programme_id,
        levels.kpi_id,
        levels.outcome_level
    from {{ ref('int_effect_session') }} as seats
    cross join (values ('qa_score', 'behaviour'), ('first_contact_resolution', 'result')) as levels(kpi_id, outcome_level)
    where seats.programme_kind = 'course'
    group by seats.programme_kind, seats.programme_id, levels.kpi_id, levels.outcome_level
),

wanted as (
    select * from of_coaching
    union all
    select * from of_courses
)

select
    wanted.programme_kind,
    wanted.programme_id,
    wanted.kpi_id,
    wanted.outcome_level,
    delivered.better,
    delivered.unit,
    delivered.source_table
from wanted
inner join delivered on wanted.kpi_id = delivered.kpi_id
