select
    rule_id,
    value,
    unit,
    valid_from,
    owner
from {{ ref('int_rule_now') }}
