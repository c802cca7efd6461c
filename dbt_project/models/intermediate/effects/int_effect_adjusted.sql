-- Regression of the value after on both values before (ANCOVA), in closed form: slopes from sums of squares pooled within start
-- month, direction and group; two equations solved by hand. Start months are averaged as in int_effect_difference.
{%- set programme = ['programme_kind', 'programme_id', 'kpi_id'] %}
{%- set keys = programme | join(', ') %}
with arms as (
    select
        {{ keys }},
        start_month,
        direction,
        is_treated,
        count(*) as n,
        avg(pre0) as mean_a,
        avg(pre1) as mean_b,
        avg(post) as mean_p,
        avg(usual_value) as usual_value,
        regr_sxx(post, pre0) as saa,
        regr_sxx(post, pre1) as sbb,
        regr_syy(post, pre0) as spp,
        regr_sxy(pre1, pre0) as sab,
        regr_sxy(post, pre0) as sap,
        regr_sxy(post, pre1) as sbp
    from {{ ref('int_effect_member') }}
    group by {{ keys }}, start_month, direction, is_treated
),

cohorts as (
    select
        {% for key in programme %}
        treated.{{ key }},
        {% endfor %}
        treated.n as n_treated,
        control.n as n_control,
        treated.n * control.n / cast(treated.n + control.n as double) as cohort_weight,
        treated.mean_a - control.mean_a as da,
        treated.mean_b - control.mean_b as db,
        treated.mean_p - control.mean_p as dp,
        control.usual_value,
        {% for square in ['saa', 'sbb', 'spp', 'sab', 'sap', 'sbp'] %}
        treated.{{ square }} + control.{{ square }} as {{ square }}{{ "," if not loop.last }}
        {% endfor %}
    from arms as treated
    inner join arms as control
        on treated.programme_kind = control.programme_kind
        and treated.programme_id = control.programme_id
        and treated.kpi_id = control.kpi_id
        and treated.start_month = control.start_month
        and treated.direction = control.direction
    where treated.is_treated and not control.is_treated
),

shares as (
    select
        *,
        cohort_weight / sum(cohort_weight) over (partition by {{ keys }}) as cohort_share
    from cohorts
),

pooled as (
    select
        {{ keys }},
        sum(n_treated + n_control) - 2 * count(*) as arms_df,
        sum(cohort_share * da) as da,
        sum(cohort_share * db) as db,
        sum(cohort_share * dp) as dp,
        sum(cohort_share * cohort_share * (1e0 / n_treated + 1e0 / n_control)) as inverse_n,
        sum(cohort_share * usual_value) as usual_value,
        -- everybody's mean minus that of those selected
        sum(cohort_share * -db * n_control / (n_treated + n_control)) as selection_gap,
        -- both groups together, for how much of the differences between people lasts
        sum(saa + cohort_weight * da * da) as total_aa,
        sum(sbb + cohort_weight * db * db) as total_bb,
        sum(sab + cohort_weight * da * db) as total_ab,
        {% for square in ['saa', 'sbb', 'spp', 'sab', 'sap', 'sbp'] %}
        sum({{ square }}) as {{ square }}{{ "," if not loop.last }}
        {% endfor %}
    from shares
    group by {{ keys }}
),

ranked as (
    select
        *,
        saa * sbb - sab * sab as det,
        saa > 1e-12 * total_aa as has_a,
        sbb > 1e-12 * total_bb as has_b,
        saa * sbb - sab * sab > 1e-9 * saa * sbb as full_rank
    from pooled
),

sloped as (
    select
        *,
        {{ baseline_slope('a') }} as slope_a,
        {{ baseline_slope('b') }} as slope_b,
        {{ baseline_imbalance() }} as imbalance,
        case when full_rank then 2 when has_a or has_b then 1 else 0 end as baselines
    from ranked
),

fitted as (
    select
        *,
        greatest(0e0, spp - slope_a * sap - slope_b * sbp) as residual_squares
    from sloped
)

select
    {{ keys }},
    dp - slope_a * da - slope_b * db as ancova,
    residual_squares / nullif(arms_df - baselines, 0) as residual_variance,
    sqrt(residual_squares / nullif(arms_df - baselines, 0) * (inverse_n + imbalance)) as ancova_error,
    slope_a,
    slope_b,
    sqrt(spp / nullif(arms_df, 0)) as outcome_sd,
    sqrt(greatest(0e0, 1e0 - residual_squares / nullif(spp, 0e0))) as outcome_correlation,
    least(1e0, greatest(0e0, total_ab / nullif(sqrt(total_aa * total_bb), 0e0))) as baseline_correlation,
    selection_gap,
    inverse_n,
    usual_value
from fitted
