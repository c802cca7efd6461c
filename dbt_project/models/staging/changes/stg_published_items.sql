with source as (
    select * from {{ source('raw', 'published_items') }}
)

select
    edition,
    as_of,
    is_gone,
    {{ item_columns() | join(',\n    ') }},
    {{ item_key() }} as item_key
from source
