-- Whether a gain lasts: one month at a time against the same earlier baseline, with everybody in the comparison who worked in
-- that month.
{%- set z = var('interval_z') ~ 'e0' %}
with months as (
    select
        *,
        cast(right(change_kind, 1) as bigint) as months_after
    from {{ ref('int_effect_difference') }}
    where change_kind in ('month_1', 'month_2', 'month_3')
)

select
    programme_kind,
    programme_id,
    kpi_id,
    months_after,
    30 * (months_after - 1) + 1 as from_days_after,
    30 * months_after as to_days_after,
    n_treated,
    n_control,
    round(did, 9) as gain,
    round(did - {{ z }} * did_error, 9) as gain_low,
    round(did + {{ z }} * did_error, 9) as gain_high
from months
where n_treated >= {{ rule_now('effect_min_treated') }} and n_control >= {{ rule_now('effect_min_control') }} and did_error > 0
