{#- What only the talent quadrant and the lists of rising agents need. METHOD.md section 6. Reference sets cronbach and
    quadrant in tests/method. -#}

{#- Codes of the quadrants in source order I to IV, strengths first, with the action each suggests. -#}
{%- macro quadrants() -%}
    {{ return({
        'lead': 'widen_responsibility',
        'unblock': 'ask_what_is_in_the_way',
        'develop': 'train_and_match',
        'restart': 'one_small_plan',
    }) }}
{%- endmacro -%}

{#- What stands in place of a quadrant. -#}
{%- macro no_quadrants() -%}
    {{ return(['between', 'not_rated', 'not_enough_evidence', 'new_starter']) }}
{%- endmacro -%}

{#- Cronbach's (1951) alpha of a score that adds up items, from their number, the sum of their variances between people and
    the variance of the total between people. NULL for one item or where nobody differs. -#}
{%- macro cronbach_alpha(items, item_variance_sum, total_variance) -%}
    ({{ items }} / nullif({{ items }} - 1e0, 0e0) * (1e0 - {{ item_variance_sum }} / nullif({{ total_variance }}, 0e0)))
{%- endmacro -%}

{#- Variance of what is measured, over and above the error v of each measurement y: Hedges' moment estimate, floor 0.
    Aggregate. -#}
{%- macro variance_beyond_error(y, v) -%}
    greatest(0e0, coalesce(var_samp({{ y }}), 0e0) - avg({{ v }}))
{%- endmacro -%}

{#- A value pulled towards the mean by the unreliable part of its distance from it, METHOD.md section 3: y = value, v = its
    error variance, tau2 = variance between people, mu = their mean and vmu its variance. Nothing known (both 0): mu. -#}
{%- macro steadied(y, v, tau2, mu) -%}
    ({{ mu }} + coalesce({{ tau2 }} / nullif({{ tau2 }} + {{ v }}, 0e0), 0e0) * ({{ y }} - {{ mu }}))
{%- endmacro -%}

{#- Variance of that steadied value. -#}
{%- macro steadied_variance(v, tau2, vmu) -%}
    coalesce(
        {{ tau2 }} * {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0)
        + {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0) * {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0) * {{ vmu }},
        0e0
    )
{%- endmacro -%}

{#- How far a score lies above a cut, in its standard deviations; norm_cdf of it is the probability of truly being there. -#}
{%- macro distance_above(score, sd, cut) -%}
    (({{ score }} - {{ cut }}) / greatest({{ sd }}, 1e-9))
{%- endmacro -%}
