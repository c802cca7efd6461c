-- How many programmes worked, of those that could be assessed at all, beside what chance alone gives. Whether a programme can
-- be assessed is decided by its size and not by its result, so a lucky small one does not enter the numerator.
{%- set z = var('interval_z') ~ 'e0' %}
with effects as (
    select
        *,
        case when is_assessable then p_value end as p_assessed
    from {{ ref('fct_programme_effect') }}
),

level as (
    select max(value) as mde_alpha from {{ ref('int_rule_now') }}
    where rule_id = 'mde_alpha'
),

counted as (
    select
        effects.programme_kind,
        effects.outcome_level,
        count(*) as programmes,
        sum({{ one_if('effects.is_assessable') }}) as assessable,
        sum({{ one_if('effects.is_assessable and effects.is_counted_gain') }}) as gains,
        sum({{ one_if('not effects.is_assessable and effects.is_measurable_gain') }}) as gains_not_assessable,
        sum({{ one_if('effects.is_assessable and effects.before_after_claims') }}) as before_after_claims,
        {{ storey_share('effects.p_assessed') }} as optimistic_share,
        max(level.mde_alpha) as mde_alpha
    from effects
    cross join level
    group by effects.programme_kind, effects.outcome_level
)

select
    programme_kind,
    outcome_level,
    cast(programmes as bigint) as programmes,
    cast(assessable as bigint) as assessable,
    cast(programmes - assessable as bigint) as not_assessable,
    cast(gains as bigint) as gains,
    cast(gains_not_assessable as bigint) as gains_not_assessable,
    cast(before_after_claims as bigint) as before_after_claims,
    round(gains / nullif(cast(assessable as double), 0e0), 9) as gain_share,
    case when assessable > 0 then round({{ wilson_low('gains', 'assessable', z) }}, 9) end as gain_share_low,
    case when assessable > 0 then round({{ wilson_high('gains', 'assessable', z) }}, 9) end as gain_share_high,
    round(mde_alpha * assessable, 9) as expected_by_chance,
    case when assessable > 0 then round(optimistic_share, 9) end as optimistic_share
from counted
