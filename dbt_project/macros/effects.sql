{#- What the models of coaching and training effects share. METHOD.md section 9. -#}

{#- The spans around a start month and the months each consists of, counted from the start month. The start month itself
    is left out: it is partly before and partly after. -#}
{%- macro effect_spans() -%}
    {{ return({'pre0': [-6, -5, -4], 'pre1': [-3, -2, -1], 'post': [1, 2, 3]}) }}
{%- endmacro -%}

{#- Weighted mean of `value` over the rows that the condition selects; NULL without weight. Aggregate. -#}
{%- macro weighted_mean(value, weight, condition) -%}
    sum({{ weight }} * {{ value }}) filter (where {{ condition }})
    / nullif(sum({{ weight }}) filter (where {{ condition }}), 0e0)
{%- endmacro -%}

{#- The sampling variance of that mean, from the variance of each value. Aggregate. -#}
{%- macro weighted_mean_variance(variance, weight, condition) -%}
    sum({{ weight }} * {{ weight }} * {{ variance }}) filter (where {{ condition }})
    / nullif(
        sum({{ weight }}) filter (where {{ condition }}) * sum({{ weight }}) filter (where {{ condition }}), 0e0
    )
{%- endmacro -%}

{#- How much a group whose mean lies `gap` worse than everybody's improves from nothing, when rho of the differences
    between people last from one span to the next. With gap = sd x phi(z) / (1 - Phi(z)), the mean gap of those below a
    cut-off, this is the formula of Barnett, van der Pols and Dobson (2005) for one measurement. -#}
{%- macro regression_of_gap(gap, rho) -%}
    ((1e0 - {{ rho }}) * {{ gap }})
{%- endmacro -%}

{#- Slopes of the outcome p on two baselines a (pre0) and b (pre1), from pooled within-group sums of squares and products
    saa, sbb, sab, sap, sbp and det = saa sbb - sab^2. When one baseline is constant or repeats the other, the one that is
    left explains alone. `full`, `has_a` and `has_b` are boolean columns. -#}
{%- macro baseline_slope(which) -%}
    case
        {%- if which == 'a' %}
        when full_rank then (sbb * sap - sab * sbp) / det
        when has_a and not has_b then sap / saa
        {%- else %}
        when full_rank then (saa * sbp - sab * sap) / det
        when has_b then sbp / sbb
        {%- endif %}
        else 0e0
    end
{%- endmacro -%}

{#- What unequal baselines of the two groups (differences da, db) add to the variance of an adjusted difference, in units
    of the residual variance. -#}
{%- macro baseline_imbalance() -%}
    case
        when full_rank then (sbb * da * da - 2e0 * sab * da * db + saa * db * db) / det
        when has_b then db * db / sbb
        when has_a then da * da / saa
        else 0e0
    end
{%- endmacro -%}

{#- The smallest gain worth having, in the unit of the KPI, from `points` of a hundred: a share counts in hundredths, a
    score out of 100 in points, everything else (seconds, ratings on a short scale, rates) in per cent of its usual value. -#}
{%- macro worthwhile_gain(points, unit, source_table, usual_value) -%}
    case
        when {{ unit }} = 'share' then {{ points }} / 100e0
        when {{ unit }} = 'points' and {{ source_table }} <> 'surveys' then {{ points }}
        else {{ points }} / 100e0 * abs({{ usual_value }})
    end
{%- endmacro -%}

{#- A name delivered in both languages in one text ("Billing rules 计费规则", "… / …") is parted where Chinese begins; a name
    in one language stands for both. -#}
{%- macro name_in_english(name) -%}
    coalesce(nullif(trim(regexp_extract({{ name }}, '^([^\p{Han}]*[^\p{Han}\s/])[\s/]+\p{Han}.*$', 1)), ''), {{ name }})
{%- endmacro -%}
{%- macro name_in_chinese(name) -%}
    coalesce(nullif(trim(regexp_extract({{ name }}, '^[^\p{Han}]*[^\p{Han}\s/][\s/]+(\p{Han}.*)$', 1)), ''), {{ name }})
{%- endmacro -%}
