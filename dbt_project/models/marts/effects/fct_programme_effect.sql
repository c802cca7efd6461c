-- What is measured, what would usually have been claimed, and what may be said. Rounded before a threshold decides, so that the
-- last bits of a sum never change a verdict.
with rules as (
    select
        max(case when rule_id = 'worthwhile_gain_points' then value end) as worthwhile_gain_points,
        max(case when rule_id = 'effect_sure_z' then value end) as effect_sure_z,
        max(case when rule_id = 'mde_alpha' then value end) as mde_alpha,
        max(case when rule_id = 'mde_power' then value end) as mde_power,
        max(case when rule_id = 'fdr_q' then value end) as fdr_q
    from {{ ref('int_rule_now') }}
),

-- how many standard errors a gain must measure to be found with the wanted power
powered as (
    select
        *,
        {{ norm_ppf('(1e0 - mde_alpha)') }} + {{ norm_ppf('mde_power') }} as detectable_z
    from rules
),

-- which months around each start month can be compared at all
reach as (
    select
        kpi_id,
        start_month,
        count(distinct case when is_enough then span end) = 3 as is_comparable,
        max({{ one_if("is_enough and span = 'post'") }}) = 1 as has_after,
        sum({{ one_if("span = 'post'") }}) as months_after
    from {{ ref('int_effect_month') }}
    group by kpi_id, start_month
),

starts as (
    select
        outcomes.programme_kind,
        outcomes.programme_id,
        outcomes.kpi_id,
        count(*) as people,
        min(starts.start_month) as first_start_month,
        max(starts.start_month) as last_start_month,
        max({{ one_if('reach.has_after') }}) = 1 as has_after,
        max({{ one_if('reach.is_comparable') }}) = 1 as is_comparable,
        min(case when reach.is_comparable then reach.months_after end) as months_after
    from {{ ref('int_effect_outcome') }} as outcomes
    inner join {{ ref('int_effect_start') }} as starts
        on outcomes.programme_kind = starts.programme_kind and outcomes.programme_id = starts.programme_id
    left join reach on outcomes.kpi_id = reach.kpi_id and starts.start_month = reach.start_month
    group by outcomes.programme_kind, outcomes.programme_id, outcomes.kpi_id
),

measured as (
    select
        starts.*,
        outcomes.outcome_level,
        coalesce(skip.n_treated, 0) as n_treated,
        coalesce(skip.n_control, 0) as n_control,
        selection.before_after,
        selection.before_after_error,
        selection.did as selection_did,
        selection.did_error as selection_did_error,
        adjusted.selection_gap,
        adjusted.baseline_correlation,
        {{ regression_of_gap('adjusted.selection_gap', 'adjusted.baseline_correlation') }} as expected_regression,
        skip.did as skip_did,
        skip.did_error as skip_did_error,
        adjusted.ancova,
        adjusted.ancova_error * sqrt(skip.overlap_factor) as ancova_error,
        adjusted.outcome_sd,
        adjusted.outcome_correlation,
        -- as many people in two equal groups would be as sure
        2e0 / nullif(adjusted.inverse_n * skip.overlap_factor, 0e0) as equal_n,
        {{ worthwhile_gain('rules.worthwhile_gain_points', 'outcomes.unit', 'outcomes.source_table', 'adjusted.usual_value') }}
            as worthwhile_gain,
        rules.effect_sure_z,
        rules.detectable_z,
        rules.fdr_q
    from starts
    inner join {{ ref('int_effect_outcome') }} as outcomes
        on starts.programme_kind = outcomes.programme_kind
        and starts.programme_id = outcomes.programme_id
        and starts.kpi_id = outcomes.kpi_id
    cross join powered as rules
    left join {{ ref('int_effect_difference') }} as skip
        on starts.programme_kind = skip.programme_kind
        and starts.programme_id = skip.programme_id
        and starts.kpi_id = skip.kpi_id
        and skip.change_kind = 'skip'
    left join {{ ref('int_effect_difference') }} as selection
        on starts.programme_kind = selection.programme_kind
        and starts.programme_id = selection.programme_id
        and starts.kpi_id = selection.kpi_id
        and selection.change_kind = 'selection'
    left join {{ ref('int_effect_adjusted') }} as adjusted
        on starts.programme_kind = adjusted.programme_kind
        and starts.programme_id = adjusted.programme_id
        and starts.kpi_id = adjusted.kpi_id
),

weighed as (
    select
        *,
        n_treated >= {{ rule_now('effect_min_treated') }} and n_control >= {{ rule_now('effect_min_control') }} as is_enough,
        round(before_after / nullif(before_after_error, 0e0), 9) as before_after_z,
        round(selection_did / nullif(selection_did_error, 0e0), 9) as selection_did_z,
        round((skip_did / nullif(skip_did_error, 0e0) + ancova / nullif(ancova_error, 0e0)) / 2e0, 9) as mean_z,
        -- what a comparison of this size can see, or what the errors of this one allow: people chosen for a bad period differ
        -- from the others, and that costs certainty
        round(
            detectable_z * greatest(
                {{ difference_error('outcome_sd', 'outcome_correlation', 'equal_n', 'equal_n') }},
                2e0 / nullif(1e0 / nullif(skip_did_error, 0e0) + 1e0 / nullif(ancova_error, 0e0), 0e0)
            ),
            9
        ) as minimum_detectable_gain
    from measured
),

tested as (
    select
        *,
        -mean_z as minus_z,
        coalesce(is_enough and minimum_detectable_gain <= round(worthwhile_gain, 9), false) as is_assessable,
        coalesce(
            is_enough and round(skip_did, 9) > 0e0 and round(ancova, 9) > 0e0 and mean_z >= effect_sure_z, false
        ) as is_measurable_gain
    from weighed
),

chanced as (
    select
        *,
        round({{ norm_cdf('minus_z') }}, 9) as p_value,
        case when is_assessable then round({{ norm_cdf('minus_z') }}, 9) end as p_assessed
    from tested
),

ranked as (
    select
        *,
        {{ bh_ratio('p_assessed', 'programme_kind, outcome_level') }} as bh_ratio
    from chanced
),

judged as (
    select
        *,
        round({{ bh_q('p_assessed', 'bh_ratio', 'programme_kind, outcome_level') }}, 9) as bh_q
    from ranked
)

select
    judged.programme_kind,
    judged.programme_id,
    programmes.name_en,
    programmes.name_zh,
    judged.kpi_id,
    judged.outcome_level,
    judged.first_start_month,
    judged.last_start_month,
    cast(judged.people as bigint) as people,
    cast(judged.n_treated as bigint) as n_treated,
    cast(judged.n_control as bigint) as n_control,
    cast(judged.months_after as bigint) as months_after,
    round(judged.before_after, 9) as before_after_gain,
    round(judged.before_after_error, 9) as before_after_error,
    coalesce(judged.before_after_z >= judged.effect_sure_z, false) as before_after_claims,
    round(judged.selection_did, 9) as selection_did_gain,
    round(judged.selection_did_error, 9) as selection_did_error,
    coalesce(judged.selection_did_z >= judged.effect_sure_z, false) as selection_did_claims,
    round(judged.selection_gap, 9) as selection_gap,
    round(judged.baseline_correlation, 9) as baseline_correlation,
    round(judged.expected_regression, 9) as expected_regression_gain,
    round(judged.skip_did, 9) as skip_did_gain,
    round(judged.skip_did_error, 9) as skip_did_error,
    round(judged.ancova, 9) as ancova_gain,
    round(judged.ancova_error, 9) as ancova_error,
    round(least(judged.skip_did, judged.ancova), 9) as gain_low,
    round(greatest(judged.skip_did, judged.ancova), 9) as gain_high,
    judged.mean_z,
    judged.p_value,
    judged.bh_q,
    judged.minimum_detectable_gain,
    round(judged.worthwhile_gain, 9) as worthwhile_gain,
    judged.is_assessable,
    judged.is_measurable_gain,
    coalesce(judged.is_measurable_gain and judged.bh_q <= judged.fdr_q, false) as is_counted_gain,
    case
        when judged.is_measurable_gain then 'measurable_gain'
        when judged.is_assessable then 'no_measurable_gain'
        else 'cannot_tell'
    end as verdict,
    case
        when judged.is_measurable_gain or judged.is_assessable then 'none'
        when not judged.has_after then 'too_early'
        when not judged.is_comparable then 'no_earlier_baseline'
        when judged.n_treated < {{ rule_now('effect_min_treated') }} then 'too_few_treated'
        when judged.n_control < {{ rule_now('effect_min_control') }} then 'too_few_control'
        else 'too_small_to_see'
    end as reason
from judged
inner join {{ ref('dim_programme') }} as programmes
    on judged.programme_kind = programmes.programme_kind and judged.programme_id = programmes.programme_id
