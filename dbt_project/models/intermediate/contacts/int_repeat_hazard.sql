-- Discrete hazard of a repeat: of the contacts still without one and fully observed on day d, the share repeated that day.
with span as (
    select
        cast(min(started_at) as date) as first_day,
        max(started_at) as last_moment
    from {{ ref('int_followed') }}
),

-- Measured on the calendar year before the newest data, so that the window changes once a year and fakes no trend; in
-- the first year on its first half.
bases as (
    select
        1 as preference,
        cast(date_trunc('year', last_moment) - interval 1 year as date) as base_first_day,
        cast(date_trunc('year', last_moment) as date) as base_until_day,
        last_moment
    from span
    union all
    select
        2 as preference,
        first_day as base_first_day,
        first_day + 182 as base_until_day,
        last_moment
    from span
),

gaps as (
    select
        bases.preference,
        bases.base_first_day,
        bases.base_until_day,
        cast(floor(followed.days_to_next) as bigint) as repeat_day,
        -- follow-up ends with the base, so that later deliveries do not move the measurement
        cast(floor(
            epoch(least(bases.last_moment, cast(bases.base_until_day as timestamp)) - followed.started_at) / 86400e0
        ) as bigint) as observed_days,
        count(*) as contacts
    from bases
    inner join {{ ref('int_followed') }} as followed
        on bases.base_first_day <= followed.started_at and bases.base_until_day > followed.started_at
    group by bases.preference, bases.base_first_day, bases.base_until_day, repeat_day, observed_days
),

days as (
    select cast(unnest(generate_series(0, 59)) as bigint) as day_after
)

select
    gaps.preference,
    gaps.base_first_day,
    gaps.base_until_day,
    days.day_after,
    coalesce(sum(gaps.contacts) filter (
        where gaps.observed_days > days.day_after and coalesce(gaps.repeat_day, 999999) >= days.day_after
    ), 0) as at_risk,
    coalesce(sum(gaps.contacts) filter (
        where gaps.observed_days > days.day_after and gaps.repeat_day = days.day_after
    ), 0) as repeats
from gaps
cross join days
group by gaps.preference, gaps.base_first_day, gaps.base_until_day, days.day_after
