with source as (
    select
        *,
        {{ spelling('dimension') }} as spelling
    from {{ source('raw', 'qa_scores') }}
),

known as (
    {{ dimensions_spelt('source') }}
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
