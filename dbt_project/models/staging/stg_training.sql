with source as (
    select
        *,
        {{ spelling('dimension') }} as spelling
    from {{ source('raw', 'training') }}
),

known as (
    {{ dimensions_spelt('source') }}
)

select
    source.session_id,
    source.course_id,
    coalesce(source.course_name, source.course_id) as course_name,
    nullif(trim(source.stage), '') as stage,
    source.course_type,
    coalesce(known.dimension, nullif(trim(source.dimension), '')) as dimension,
    source.method,
    source.trainer,
    source.trainer_source,
    source.agent_id,
    source.held_on as day,
    source.hours,
    source.score_points,
    source.absence,
    source.reaction_points,
    source.is_voluntary
from source
left join known on source.spelling = known.spelling
