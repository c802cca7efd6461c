{% set z = var('interval_z') ~ 'e0' -%}
with spans as (
    select * from {{ ref('int_staffing_span') }}
    -- without a single last day nobody knows whether nobody left or nobody said so
    where (select count(left_date) from {{ ref('int_employment') }}) > 0
),

people as (
    select * from {{ ref('int_employment') }}
),

-- every stretch of days that somebody was here, in a team and in the centre
stays as (
    select
        'centre' as grain,
        'centre' as entity_id,
        people.*
    from people
    union all
    select
        'team' as grain,
        membership.team_id as entity_id,
        people.agent_id,
        people.hire_date,
        greatest(people.first_day, membership.from_day) as first_day,
        least(people.last_day, membership.until_day - 1) as last_day,
        case when people.left_date between membership.from_day and membership.until_day - 1 then people.left_date end as left_date,
        people.days_until_left
    from people
    inner join {{ ref('int_membership') }} as membership on people.agent_id = membership.agent_id
),

counted as (
    select
        spans.period_kind,
        spans.period_start,
        spans.period_end,
        spans.months,
        spans.days,
        spans.is_latest,
        stays.grain,
        stays.entity_id,
        sum(least(stays.last_day, spans.period_end) - greatest(stays.first_day, spans.period_start) + 1) as person_days,
        count(*) filter (where stays.left_date between spans.period_start and spans.period_end) as leavers,
        count(*) filter (
            where stays.left_date between spans.period_start and spans.period_end and stays.days_until_left < 90
        ) as leavers_early
    from spans
    inner join stays
        on spans.period_end >= stays.first_day and spans.period_start <= stays.last_day
        and stays.first_day <= stays.last_day
    group by
        spans.period_kind, spans.period_start, spans.period_end, spans.months, spans.days, spans.is_latest,
        stays.grain, stays.entity_id
),

measured as (
    select
        *,
        person_days / cast(days as double) as headcount,
        person_days / 365.25e0 as person_years,
        {{ rule_now('group_min_people') }} as fewest,
        {{ rule_now('attrition_reference_low') }} as reference_low,
        {{ rule_now('attrition_reference_high') }} as reference_high
    from counted
),

-- of a team only a year is told, and only when neither it nor a rest of the centre leaves a few leavers to point at
team_years as (
    select
        period_start,
        entity_id as row_key,
        'leavers' as column_key,
        leavers as people,
        cast(fewest as bigint) as least,
        leavers < fewest or headcount < fewest as is_hidden
    from measured
    where grain = 'team' and period_kind = 'year'
),

hidden as (
    {{ hidden_counts('team_years', 'period_start', ['column_key']) }}
),

told as (
    select measured.*
    from measured
    left join hidden
        on measured.grain = 'team' and measured.period_kind = 'year'
        and measured.entity_id = hidden.row_key and measured.period_start = hidden.period_start
    where measured.headcount >= measured.fewest and (measured.grain = 'centre' or not hidden.is_hidden)
),

rated as (
    select
        *,
        round(leavers / person_years, 9) as rate,
        round({{ count_low('leavers', z) }} / person_years, 9) as rate_low,
        round({{ count_high('leavers', z) }} / person_years, 9) as rate_high,
        -- the two parts add up to a number that is told, so they are told together or not at all
        (leavers_early = 0 or leavers_early >= fewest)
        and (leavers - leavers_early = 0 or leavers - leavers_early >= fewest) as has_parts
    from told
)

select
    grain,
    entity_id,
    period_kind,
    period_start,
    period_end,
    months,
    is_latest,
    cast(leavers as bigint) as leavers,
    round(headcount, 6) as headcount,
    rate,
    rate_low,
    rate_high,
    case when has_parts then cast(leavers_early as bigint) end as leavers_early,
    case when has_parts then cast(leavers - leavers_early as bigint) end as leavers_later,
    reference_low,
    reference_high,
    case
        when rate_high < reference_low then 'below'
        when rate_low > reference_high then 'above'
        when rate_low >= reference_low and rate_high <= reference_high then 'within'
        else 'too_close_to_call'
    end as verdict
from rated
