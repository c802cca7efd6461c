{% set z = var('interval_z') ~ 'e0' -%}
with starters as (
    select * from {{ ref('int_ramp_start') }}
),

steps as (
    select distinct weeks from starters
    where weeks > 0
),

-- Kaplan and Meier (1958): of those still followed, how many got there in this step
followed as (
    select
        steps.weeks,
        count(*) as at_risk,
        count(*) filter (where starters.is_reached and starters.weeks = steps.weeks) as reached
    from steps
    inner join starters on steps.weeks <= starters.weeks
    group by steps.weeks
),

told as (
    select
        followed.weeks,
        followed.at_risk,
        followed.reached,
        cast(followed.at_risk - followed.reached as double) / followed.at_risk as kept
    from followed
    where followed.at_risk >= {{ rule_now('group_min_people') }}
),

curve as (
    select
        weeks,
        at_risk,
        -- somebody of everybody there: the product stays nothing from then on
        case
            when min(kept) over so_far = 0e0 then 0e0
            else exp(sum(ln(nullif(kept, 0e0))) over so_far)
        end as not_yet,
        sum(reached / nullif(cast(at_risk as double) * (at_risk - reached), 0e0)) over so_far as greenwood
    from told
    window so_far as (order by weeks rows between unbounded preceding and current row)
),

-- the interval on the scale of ln(-ln), which keeps it between 0 and 1 (Kalbfleisch and Prentice 1980)
bounded as (
    select
        weeks,
        at_risk,
        not_yet,
        case when not_yet > 0e0 and not_yet < 1e0 then sqrt(greenwood) / abs(ln(not_yet)) end as error
    from curve
),

shares as (
    select
        weeks,
        at_risk,
        round(1e0 - not_yet, 9) as share,
        case when error is not null then round(1e0 - power(not_yet, exp(-{{ z }} * error)), 9) end as share_low,
        case when error is not null then round(1e0 - power(not_yet, exp({{ z }} * error)), 9) end as share_high
    from bounded
),

summary as (
    select
        min(weeks) filter (where share >= 0.25e0) as weeks_first_quarter,
        min(weeks) filter (where share >= 0.5e0) as weeks_half,
        min(weeks) filter (where share >= 0.75e0) as weeks_third_quarter
    from shares
),

everybody as (
    select count(*) as starters from starters
),

begun as (
    select
        0 as weeks,
        everybody.starters as at_risk,
        0e0 as share,
        cast(null as double) as share_low,
        cast(null as double) as share_high
    from everybody
    where everybody.starters >= {{ rule_now('group_min_people') }}
    union all
    select * from shares
)

select
    cast(begun.weeks as bigint) as weeks,
    cast(begun.at_risk as bigint) as at_risk,
    begun.share,
    -- the bounds of a share change sides with it
    least(begun.share_low, begun.share_high) as share_low,
    greatest(begun.share_low, begun.share_high) as share_high,
    cast(summary.weeks_first_quarter as bigint) as weeks_first_quarter,
    cast(summary.weeks_half as bigint) as weeks_half,
    cast(summary.weeks_third_quarter as bigint) as weeks_third_quarter
from begun
cross join summary
