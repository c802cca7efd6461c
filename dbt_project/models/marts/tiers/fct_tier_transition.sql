-- Beside it readers know how many have each tier and how many changed: exact counts of ways would give small ones away.
with counted as (
    select
        *,
        cast(least as bigint) as rounded_to,
        cast(2 * least as bigint) as least_people
    from {{ ref('int_tier_transition') }}
)

select
    window_start,
    previous_start,
    previous_tier,
    tier,
    cast(case when people >= least_people then round(people / cast(rounded_to as double)) * rounded_to end as bigint)
        as people_rounded,
    rounded_to,
    least_people
from counted
where people_in_both >= 10 * rounded_to
