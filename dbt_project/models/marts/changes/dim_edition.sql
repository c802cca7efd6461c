with editions as (
    select
        edition,
        max(as_of) as as_of,
        bool_or(is_first_edition) as is_first,
        md5(string_agg(
            concat_ws(chr(30), item_key, is_gone, {{ said_columns() | join(', ') }}), chr(29) order by item_key
        )) as content_digest
    from {{ ref('int_item_history') }}
    group by edition
)

select
    edition,
    as_of,
    lag(as_of) over (order by edition) as previous_as_of,
    is_first,
    edition = max(edition) over () as is_current,
    content_digest
from editions
