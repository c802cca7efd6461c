with delivered as (
    select item as text from {{ ref('stg_qa_scores') }}
    union
    select complaint_type as text from {{ ref('stg_complaints') }}
),

spelled as (
    select
        text,
        {{ spelling('text') }} as spelling
    from delivered
    where trim(text) <> ''
),

known as (
    select
        error_type,
        practice,
        {{ spellings(['error_type', 'label_en', 'label_zh', 'aliases']) }} as spellings
    from {{ ref('error_types') }}
)

select
    spelled.text,
    min(known.error_type) as error_type,
    min(known.practice) as practice
from spelled
inner join known on position(spelled.spelling in known.spellings) > 0
group by spelled.text
-- a spelling that two kinds of error claim tells nothing
having count(*) = 1
