-- The chart of every weekly series in words: what each point says, and where the target lies.
with named as (
    select
        *,
        centre_line - half_width as lower_limit,
        centre_line + half_width as upper_limit,
        case
            when is_outside then 'outside_limits'
            when in_run then 'run'
            when in_trend then 'trend'
            when in_two_of_three then 'two_of_three'
            else 'none'
        end as rule
    from {{ ref('int_signal_rule') }}
),

directed as (
    select
        *,
        case when better = 'lower' then -1 when better = 'higher' then 1 else 0 end
        * case when rule = 'trend' then trend_direction else side end as goodness
    from named
)

select
    kpi_id,
    grain,
    entity_id,
    period_kind,
    period_start,
    weeks,
    n,
    value,
    round(centre_line, 9) as centre_line,
    -- no week can lie below nothing or above all: what is shown as the usual range stops there
    round({{ not_below_nothing('unit', 'lower_limit') }}, 9) as lower_limit,
    round({{ not_above_all('unit', 'upper_limit') }}, 9) as upper_limit,
    target,
    in_baseline,
    case
        when rule = 'none' then 'common_cause'
        when goodness > 0 then 'special_cause_improvement'
        when goodness < 0 then 'special_cause_concern'
        else 'special_cause_neutral'
    end as finding,
    rule,
    case
        when target is null or better = 'neutral' then 'no_target'
        -- a week beyond the target on the other side says that the usual range no longer speaks for today
        when better = 'higher' and least(lower_limit, value) >= target then 'consistent_pass'
        when better = 'lower' and greatest(upper_limit, value) <= target then 'consistent_pass'
        when better = 'higher' and greatest(upper_limit, value) < target then 'consistent_fail'
        when better = 'lower' and least(lower_limit, value) > target then 'consistent_fail'
        else 'inconsistent'
    end as assurance,
    cast(points as bigint) as points,
    points < {{ var('spc_trial_points') }} as is_trial,
    from_newest = 1 as is_latest
from directed
