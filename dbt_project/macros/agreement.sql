{#- How far raters agree who scored the same things. Each macro is a whole query over `relation`; `groups` is a list of
    columns, one result row for each combination (an empty list: one row in all). Reference sets icc,
    bland_altman and qa_autofail; Krippendorff's alpha has a file of its own. METHOD.md section 3. -#}

{%- macro group_columns(groups, prefix='') -%}
    {%- for column in groups %}
    {{ prefix }}{{ column }},
    {%- endfor %}
{%- endmacro -%}

{%- macro grouped(groups, more=[]) -%}
    {%- set columns = groups + more -%}
    {%- if columns %}group by {{ columns | join(', ') }}{% endif -%}
{%- endmacro -%}

{%- macro within(groups, more=[]) -%}
    {%- set columns = groups + more -%}
    {%- if columns %}partition by {{ columns | join(', ') }}{% endif -%}
{%- endmacro -%}

{#- The six intraclass correlations of Shrout and Fleiss (1979), two-way table subject x rater with every cell filled once;
    NULL where a cell is missing or there are fewer than two subjects or raters. Columns: groups, subjects, raters,
    mean_square_subjects, mean_square_raters, mean_square_error, mean_square_within, icc_1_1 … icc_3_k. -#}
{%- macro intraclass_correlations(relation, groups, subject, rater, score) -%}
with measured as (
    select
        {{- group_columns(groups) }}
        {{ subject }} as subject,
        {{ rater }} as rater,
        cast({{ score }} as double) as score,
        avg(cast({{ score }} as double)) over ({{ within(groups) }}) as grand_mean,
        avg(cast({{ score }} as double)) over ({{ within(groups, [subject]) }}) as subject_mean,
        avg(cast({{ score }} as double)) over ({{ within(groups, [rater]) }}) as rater_mean
    from {{ relation }}
),

totals as (
    select
        {{- group_columns(groups) }}
        count(*) as ratings,
        count(distinct subject) as subjects,
        count(distinct rater) as raters,
        sum((subject_mean - grand_mean) * (subject_mean - grand_mean)) as between_subjects,
        sum((rater_mean - grand_mean) * (rater_mean - grand_mean)) as between_raters,
        sum((score - subject_mean) * (score - subject_mean)) as within_subjects,
        sum(power(score - subject_mean - rater_mean + grand_mean, 2)) as residual
    from measured
    {{ grouped(groups) }}
),

squares as (
    select
        {{- group_columns(groups) }}
        subjects,
        raters,
        between_subjects / nullif(subjects - 1, 0) as mean_square_subjects,
        between_raters / nullif(raters - 1, 0) as mean_square_raters,
        within_subjects / nullif(subjects * (raters - 1), 0) as mean_square_within,
        residual / nullif((subjects - 1) * (raters - 1), 0) as mean_square_error
    from totals
    where ratings = subjects * raters and subjects > 1 and raters > 1
),

parts as (
    select
        *,
        mean_square_subjects - mean_square_within as signal_one_way,
        mean_square_subjects - mean_square_error as signal,
        raters * (mean_square_raters - mean_square_error) / subjects as rater_noise
    from squares
)

select
    {{- group_columns(groups) }}
    subjects,
    raters,
    mean_square_subjects,
    mean_square_raters,
    mean_square_within,
    mean_square_error,
    signal_one_way / nullif(mean_square_subjects + (raters - 1) * mean_square_within, 0e0) as icc_1_1,
    signal / nullif(mean_square_subjects + (raters - 1) * mean_square_error + rater_noise, 0e0) as icc_2_1,
    signal / nullif(mean_square_subjects + (raters - 1) * mean_square_error, 0e0) as icc_3_1,
    signal_one_way / nullif(mean_square_subjects, 0e0) as icc_1_k,
    signal / nullif(mean_square_subjects + rater_noise / raters, 0e0) as icc_2_k,
    signal / nullif(mean_square_subjects, 0e0) as icc_3_k
from parts
{%- endmacro -%}

{#- Bland and Altman (1986): mean difference a - b of pairs, its standard error, and the limits between which about 95 % of
    differences lie. Columns: groups, pairs, bias, difference_sd, bias_error, limit_low, limit_high. -#}
{%- macro bland_altman(relation, groups, a, b) -%}
with differences as (
    select
        {{- group_columns(groups) }}
        count(*) as pairs,
        avg({{ a }} - {{ b }}) as bias,
        stddev_samp({{ a }} - {{ b }}) as difference_sd
    from {{ relation }}
    {{ grouped(groups) }}
)

select
    {{- group_columns(groups) }}
    pairs,
    bias,
    difference_sd,
    difference_sd / sqrt(nullif(pairs, 0)) as bias_error,
    bias - 1.96e0 * difference_sd as limit_low,
    bias + 1.96e0 * difference_sd as limit_high
from differences
{%- endmacro -%}

{#- Bounds of an agreement rho that n subjects with k raters each gave (Fisher 1925: half the logarithm of
    (1 + (k - 1) rho) / (1 - rho) is nearly normal). side: low or high. All arguments are column names. -#}
{%- macro agreement_bound(side, rho, k, n, z) -%}
    {%- set sign = '-' if side == 'low' else '+' -%}
    {%- set odds -%}
        ((1e0 + ({{ k }} - 1e0) * {{ rho }}) / (1e0 - {{ rho }})
        * exp({{ sign }} 2e0 * {{ z }} * sqrt({{ k }} / (2e0 * ({{ k }} - 1e0) * ({{ n }} - 2e0)))))
    {%- endset -%}
    case
        when {{ n }} > 2 and {{ k }} > 1 and {{ rho }} < 1e0 and 1e0 + ({{ k }} - 1e0) * {{ rho }} > 0e0
            then ({{ odds }} - 1e0) / ({{ odds }} + {{ k }} - 1e0)
    end
{%- endmacro -%}

{#- Mean and variance of a score if a critical error set it to zero: why critical errors are a rate of their own. -#}
{%- macro zeroed_mean(mean, critical_share) -%}
    ({{ mean }} * (1e0 - {{ critical_share }}))
{%- endmacro -%}

{%- macro zeroed_variance(mean, variance, critical_share) -%}
    ((1e0 - {{ critical_share }}) * ({{ variance }} + {{ critical_share }} * {{ mean }} * {{ mean }}))
{%- endmacro -%}
