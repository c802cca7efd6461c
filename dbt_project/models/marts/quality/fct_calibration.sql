{%- set z = var('interval_z') ~ 'e0' -%}
with rules as (
    select
        max(case when rule_id = 'rater_agreement' then value end) as fit_at,
        max(case when rule_id = 'rater_agreement_coaching' then value end) as coaching_at,
        max(case when rule_id = 'calibration_min_contacts' then value end) as min_contacts
    from {{ ref('int_rule_now') }}
),

scores as (
    select * from {{ ref('int_calibration_rating') }}
    where measure <> 'critical_error'
),

critical_errors as (
    select * from {{ ref('int_calibration_rating') }}
    where measure = 'critical_error'
),

scored_panel as (
    select * from {{ ref('int_calibration_panel') }}
    where measure <> 'critical_error'
),

intraclass as (
    {{ intraclass_correlations('scored_panel', ['form', 'measure'], 'subject_id', 'grader', 'points') | indent(4) }}
),

interval_alpha as (
    {{ krippendorff_alpha('scores', ['form', 'measure'], 'subject_id', 'points', 'interval') | indent(4) }}
),

nominal_alpha as (
    {{ krippendorff_alpha('critical_errors', ['form', 'measure'], 'subject_id', 'points', 'nominal') | indent(4) }}
),

counted as (
    select
        form,
        measure,
        count(distinct subject_id) as contacts,
        count(distinct grader) as graders,
        count(*) as ratings
    from {{ ref('int_calibration_rating') }}
    group by form, measure
),

apart as (
    select
        one.form,
        one.measure,
        avg(abs(one.points - other.points)) as typical_difference
    from {{ ref('int_calibration_rating') }} as one
    inner join {{ ref('int_calibration_rating') }} as other
        on one.form = other.form
        and one.measure = other.measure
        and one.subject_id = other.subject_id
        and one.grader < other.grader
    group by one.form, one.measure
),

measured as (
    select
        counted.*,
        intraclass.subjects as panel_contacts,
        intraclass.raters as panel_graders,
        intraclass.icc_2_1 as icc_single,
        intraclass.icc_2_k as icc_average,
        intraclass.icc_3_1 as icc_consistent,
        interval_alpha.alpha as alpha_interval,
        nominal_alpha.alpha as alpha_nominal,
        case when counted.measure <> 'critical_error' then apart.typical_difference end as typical_difference_points,
        -- rounded before a cut-off decides; the lower of the two where both exist
        round(least(
            coalesce(intraclass.icc_2_1, interval_alpha.alpha, nominal_alpha.alpha),
            coalesce(interval_alpha.alpha, nominal_alpha.alpha, intraclass.icc_2_1)
        ), 9) as agreement,
        -- the bounds are those of points; for yes or no they would be far too narrow
        case
            when counted.measure <> 'critical_error' then counted.ratings / cast(counted.contacts as double)
        end as graders_per_contact
    from counted
    left join intraclass on counted.form = intraclass.form and counted.measure = intraclass.measure
    left join interval_alpha on counted.form = interval_alpha.form and counted.measure = interval_alpha.measure
    left join nominal_alpha on counted.form = nominal_alpha.form and counted.measure = nominal_alpha.measure
    left join apart on counted.form = apart.form and counted.measure = apart.measure
)

select
    measured.form,
    measured.measure,
    cast(measured.contacts as bigint) as contacts,
    cast(measured.graders as bigint) as graders,
    cast(measured.ratings as bigint) as ratings,
    cast(coalesce(measured.panel_contacts, 0) as bigint) as panel_contacts,
    cast(coalesce(measured.panel_graders, 0) as bigint) as panel_graders,
    round(measured.icc_single, 9) as icc_single,
    round(measured.icc_average, 9) as icc_average,
    round(measured.icc_consistent, 9) as icc_consistent,
    round(measured.alpha_interval, 9) as alpha_interval,
    round(measured.alpha_nominal, 9) as alpha_nominal,
    measured.agreement,
    round({{ agreement_bound('low', 'measured.agreement', 'measured.graders_per_contact', 'measured.contacts', z) }}, 9) as agreement_low,
    round({{ agreement_bound('high', 'measured.agreement', 'measured.graders_per_contact', 'measured.contacts', z) }}, 9) as agreement_high,
    round(measured.typical_difference_points, 9) as typical_difference_points,
    case
        when measured.contacts < rules.min_contacts or measured.agreement is null then 'too_few'
        when measured.agreement >= rules.fit_at then 'fit_for_tiers'
        when measured.agreement >= rules.coaching_at then 'coaching_only'
        else 'not_used'
    end as verdict
from measured
cross join rules
