select
    edition,
    as_of,
    is_gone,
    {{ item_columns() | join(',\n    ') }}
from {{ ref('int_item_history') }}
where edition = (select max(newest.edition) from {{ ref('int_item_history') }} as newest)
