with span as (
    select last_day from {{ ref('int_data_span') }}
),

-- the row of each policy that holds on the last day of the data; without data none does
in_force as (
    select
        policies.policy_id,
        max(policies.valid_from) as valid_from
    from {{ ref('policies') }} as policies
    inner join span on policies.valid_from <= span.last_day
    group by policies.policy_id
)

select
    policies.policy_id,
    policies.error_type,
    policies.kind,
    policies.text_en,
    policies.text_zh,
    policies.source_en,
    policies.source_zh,
    policies.valid_from,
    policies.owner,
    policies.review_on,
    in_force.policy_id is not null as is_in_force
from {{ ref('policies') }} as policies
left join in_force on policies.policy_id = in_force.policy_id and policies.valid_from = in_force.valid_from
