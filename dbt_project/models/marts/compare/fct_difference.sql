-- Each difference with its interval, and whether it is more than chance among all that are read together.
with measured as (
    select
        *,
        round(value - other_value, 9) as gap,
        coalesce(round(mix_part, 9), 0e0) as allowed_for,
        low is not null
        and other_low is not null
        and observations >= {{ var('judge_min_observations') }}
        and other_observations >= {{ var('judge_min_observations') }} as is_judged
    from {{ ref('int_comparison') }}
),

bounded as (
    select
        *,
        round(gap - allowed_for, 9) as difference,
        round({{ difference_low('value', 'low', 'other_value', 'other_high') }} - allowed_for, 9) as difference_low,
        round({{ difference_high('value', 'high', 'other_value', 'other_low') }} - allowed_for, 9) as difference_high
    from measured
),

standardised as (
    select
        *,
        case
            when is_judged
                then
                    {{ var('interval_z') }}e0 * abs(difference)
                    / nullif(case when difference > 0 then difference - difference_low else difference_high - difference end, 0e0)
        end as z
    from bounded
),

tested as (
    select
        *,
        -- what is read together: all teams of the period, or all measures of one entity in two periods
        case when comparison in ('previous', 'year_ago', 'earlier') then grain || ' ' || entity_id else '' end as list,
        case when is_judged then round(coalesce(2e0 * {{ norm_cdf('-z') }}, 1e0), 9) end as p
    from standardised
),

fdr as (
    select value from {{ ref('int_rule_now') }}
    where rule_id = 'fdr_q'
),

ranked as (
    select
        *,
        {{ bh_ratio('p', 'comparison, list, period_kind, period_start, other_start') }} as ratio
    from tested
),

judged as (
    select
        *,
        round({{ bh_q('p', 'ratio', 'comparison, list, period_kind, period_start, other_start') }}, 9) as q,
        case better when 'lower' then -1e0 when 'higher' then 1e0 else 0e0 end * difference as goodness
    from ranked
)

select
    comparison,
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    other_id,
    other_start,
    observations as n,
    other_observations as other_n,
    value,
    other_value,
    mix_part is not null as is_adjusted,
    difference,
    case when is_judged then difference_low end as difference_low,
    case when is_judged then difference_high end as difference_high,
    q,
    case
        when not is_judged then 'too_few'
        when q > (select value from fdr) then 'too_close_to_call'
        when goodness > 0 then 'better'
        when goodness < 0 then 'worse'
        else 'different'
    end as verdict
from judged
