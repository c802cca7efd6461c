with source as (
    select
        *,
        {{ spelling('dimension') }} as spelling,
        nullif(trim(title_en), '') as english_title,
        nullif(trim(title_zh), '') as chinese_title,
        nullif(trim(situation_en), '') as english_situation,
        nullif(trim(situation_zh), '') as chinese_situation,
        nullif(trim(what_helped_en), '') as english_help,
        nullif(trim(what_helped_zh), '') as chinese_help
    from {{ source('raw', 'model_cases') }}
),

known as (
    {{ dimensions_spelt('source') }}
)

select
    source.case_id,
    source.agent_id,
    source.contact_id,
    source.marked_on,
    coalesce(known.dimension, nullif(trim(source.dimension), '')) as dimension,
    nullif(trim(source.item), '') as item,
    source.for_tier,
    coalesce(source.english_title, source.chinese_title) as title_en,
    coalesce(source.chinese_title, source.english_title) as title_zh,
    coalesce(source.english_situation, source.chinese_situation) as situation_en,
    coalesce(source.chinese_situation, source.english_situation) as situation_zh,
    coalesce(source.english_help, source.chinese_help) as what_helped_en,
    coalesce(source.chinese_help, source.english_help) as what_helped_zh,
    source.quote,
    source.offset_seconds,
    coalesce(source.is_agreed, false) as is_agreed
from source
left join known on source.spelling = known.spelling
