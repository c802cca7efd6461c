{%- set z = var('interval_z') ~ 'e0' -%}
with rules as (
    select value as min_pairs from {{ ref('int_rule_now') }}
    where rule_id = 'calibration_min_contacts'
),

pairs as (
    select * from {{ ref('int_agreement_pair') }}
),

compared as (
    {{ bland_altman('pairs', ['comparison', 'grader'], 'a', 'b') | indent(4) }}
),

bounded as (
    select
        comparison,
        grader,
        pairs,
        round(bias, 9) as bias_points,
        round(bias - {{ z }} * bias_error, 9) as bias_low,
        round(bias + {{ z }} * bias_error, 9) as bias_high,
        round(difference_sd, 9) as difference_sd_points,
        round(limit_low, 9) as limit_low,
        round(limit_high, 9) as limit_high
    from compared
)

select
    bounded.comparison,
    bounded.grader,
    cast(bounded.pairs as bigint) as pairs,
    bounded.bias_points,
    bounded.bias_low,
    bounded.bias_high,
    bounded.difference_sd_points,
    bounded.limit_low,
    bounded.limit_high,
    case
        when bounded.pairs < rules.min_pairs then 'too_few'
        when bounded.bias_low > 0e0 then 'higher'
        when bounded.bias_high < 0e0 then 'lower'
        else 'no_clear_difference'
    end as verdict
from bounded
cross join rules
