select
    rule_id,
    value,
    unit,
    valid_from,
    owner
from (
    select
        *,
        row_number() over (partition by rule_id order by valid_from desc) as from_newest
    from {{ ref('rules') }}
) as rules
where from_newest = 1
