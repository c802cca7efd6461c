{% set least_repeats, background_from, share = 500, 30, '0.90e0' -%}
with hazards as (
    select
        *,
        cast(repeats as double) / nullif(at_risk, 0) as hazard
    from {{ ref('int_repeat_hazard') }}
),

bases as (
    select
        preference,
        base_first_day,
        base_until_day - 1 as base_last_day,
        sum(repeats) filter (where day_after < {{ background_from }}) as repeats,
        -- new needs: what a customer asks again by chance, read off the second month
        sum(repeats) filter (where day_after >= {{ background_from }})
        / nullif(cast(sum(at_risk) filter (where day_after >= {{ background_from }}) as double), 0e0) as background
    from hazards
    group by preference, base_first_day, base_until_day
),

cumulated as (
    select
        hazards.preference,
        hazards.day_after,
        bases.background,
        sum(greatest(hazards.hazard - bases.background, 0e0)) over so_far as excess,
        sum(greatest(hazards.hazard - bases.background, 0e0)) over whole as total_excess,
        sum(-ln(greatest(1e0 - hazards.hazard, 1e-12))) over so_far as cumulative_hazard
    from hazards
    inner join bases on hazards.preference = bases.preference
    where hazards.day_after < {{ background_from }} and bases.repeats >= {{ least_repeats }}
    window
        so_far as (partition by hazards.preference order by hazards.day_after),
        whole as (partition by hazards.preference)
),

measured as (
    select
        preference,
        least(
            {{ var('first_contact_window_max_days') }},
            greatest({{ var('first_contact_window_min_days') }}, min(day_after) + 1)
        ) as days
    from cumulated
    where total_excess > 0e0 and round(excess / total_excess, 9) >= {{ share }}
    group by preference
),

chosen as (
    select
        bases.base_first_day,
        bases.base_last_day,
        bases.repeats,
        measured.days,
        cumulated.background,
        cumulated.cumulative_hazard,
        row_number() over (order by bases.preference) as choice
    from measured
    inner join bases on measured.preference = bases.preference
    inner join cumulated
        on measured.preference = cumulated.preference and cumulated.day_after = measured.days - 1
),

-- always one row: too few repeats to measure leave the default
settings as (
    select {{ var('first_contact_window_days') }} as default_days
)

select
    cast(coalesce(chosen.days, settings.default_days) as integer) as first_contact_window_days,
    chosen.days is not null as is_measured,
    cast(coalesce(chosen.repeats, 0) as bigint) as repeats,
    chosen.base_first_day,
    chosen.base_last_day,
    -- repeats that would have come by chance, and those that the first contact caused
    round(1e0 - exp(-chosen.background * chosen.days), 9) as chance_repeat_share,
    round(
        1e0 - exp(-chosen.cumulative_hazard) / nullif(exp(-chosen.background * chosen.days), 0e0), 9
    ) as caused_repeat_share
from settings
left join chosen on chosen.choice = 1
