with source as (
    select
        *,
        '|' || replace(lower(trim(dimension)), '_', ' ') || '|' as spelling
    from {{ source('raw', 'qa_scores') }}
),

spellings as (
    select
        dimension,
        replace(
            lower('|' || dimension || '|' || label_en || '|' || label_zh || '|' || coalesce(aliases, '') || '|'), '_', ' '
        ) as spellings
    from {{ ref('skill_dimensions') }}
),

known as (
    select
        delivered.spelling,
        min(spellings.dimension) as dimension
    from (
        select spelling from source
        group by spelling
    ) as delivered
    inner join spellings on position(delivered.spelling in spellings.spellings) > 0
    where delivered.spelling <> '||'
    group by delivered.spelling
)

select
    source.evaluation_id,
    source.contact_id,
    source.agent_id,
    source.scored_at,
    cast(source.scored_at as date) as day,
    source.form,
    source.form_version,
    source.item,
    coalesce(known.dimension, nullif(trim(source.dimension), '')) as dimension,
    source.points,
    source.max_points,
    source.is_applicable,
    source.is_critical,
    source.grader,
    coalesce(source.kind, 'monitor') as kind,
    source.quote,
    source.offset_seconds
from source
left join known on source.spelling = known.spelling
