{#- What a difference or a change proves: chance, regression to the mean, and what a sample can find at all. Plain SQL.
    METHOD.md sections 3, 7, 8 and 9. Reference sets barnett_rtm, change_rtm, mde, n_for_reliability, bh_fdr and kitagawa. -#}

{#- Observations needed for a reliability R (0 to 1, not 1): R / (1 - R) x within variance / tau2. NULL when agents do not
    differ (tau2 = 0): no number of observations separates them. Within variance of one observation, same units as tau2. -#}
{%- macro n_for_reliability(reliability, within_variance, tau2) -%}
    ({{ reliability }} / nullif(1e0 - {{ reliability }}, 0e0) * {{ within_variance }} / nullif({{ tau2 }}, 0e0))
{%- endmacro -%}

{#- Average gain, from nothing, of those selected because one average of m measurements lay below a cut-off (Barnett, van
    der Pols and Dobson 2005), in units of the measure. sd = total standard deviation of one measurement, rho = share of
    its variance that is lasting, z = (mean - cut-off) / sd; for a selection above, z = (cut-off - mean) / sd and the
    result is a loss. z must be a column name. -#}
{%- macro expected_regression(sd, rho, m, z) -%}
    ({{ sd }} * (1e0 - {{ rho }}) / {{ m }} / sqrt({{ rho }} + (1e0 - {{ rho }}) / {{ m }})
    * {{ norm_pdf(z) }} / nullif({{ norm_cdf('-' ~ z) }}, 0e0))
{%- endmacro -%}

{#- One agent's second value as the first alone predicts it, without any real change (Jones and Spiegelhalter 2009).
    y = value, v = its sampling variance, mu = peer mean, tau2 = variance between agents; 1 = before, 2 = after. -#}
{%- macro change_expected(y1, v1, mu1, mu2, tau2) -%}
    ({{ mu2 }} + {{ tau2 }} / nullif({{ tau2 }} + {{ v1 }}, 0e0) * ({{ y1 }} - {{ mu1 }}))
{%- endmacro -%}

{#- The change beyond that, in its standard errors; norm_cdf of it is the probability that the second value really rose. -#}
{%- macro change_z(y1, v1, y2, v2, mu1, mu2, tau2) -%}
    (({{ y2 }} - {{ change_expected(y1, v1, mu1, mu2, tau2) }})
    / nullif(sqrt({{ v2 }} + {{ tau2 }} / nullif({{ tau2 }} + {{ v1 }}, 0e0) * {{ v1 }}), 0e0))
{%- endmacro -%}

{#- Standard error of a difference between n_t treated and n_c others, after a baseline that correlates with rho. -#}
{%- macro difference_error(sd, rho, n_t, n_c) -%}
    ({{ sd }} * sqrt(greatest(0e0, 1e0 - {{ rho }} * {{ rho }}))
    * sqrt(1e0 / nullif({{ n_t }}, 0) + 1e0 / nullif({{ n_c }}, 0)))
{%- endmacro -%}

{#- Smallest effect, in units of sd, found with probability `power` at level `alpha` (columns or literals, e.g. 0.05e0),
    sides 1 or 2. Normal-based: 1 to 4 % smaller than with Student's t at the sizes of a course. -#}
{%- macro minimum_detectable_effect(sd, rho, n_t, n_c, alpha, power, sides=1) -%}
    (({{ norm_ppf('(1e0 - ' ~ alpha ~ ' / ' ~ sides ~ 'e0)') }} + {{ norm_ppf(power) }})
    * {{ difference_error(sd, rho, n_t, n_c) }})
{%- endmacro -%}

{#- Benjamini and Hochberg (1995) in two steps, since windows do not nest. First, in a CTE, p x tests / rank (ties share the
    highest rank); then q, the smallest of these among equal and larger p. Flag where q <= rule fdr_q. Rows without a p
    are no tests. `partition` = columns of one list of tests, for example 'kpi_id, window_start', or '' for all rows.
        with ranked as (select *, {{ bh_ratio('p', 'kpi_id') }} as ratio from tests)
        select *, {{ bh_q('p', 'ratio', 'kpi_id') }} as q from ranked -#}
{%- macro bh_ratio(p, partition='') -%}
    {%- set within = 'partition by ' ~ partition if partition else '' -%}
    ({{ p }} * count({{ p }}) over ({{ within }}) / nullif(count({{ p }}) over ({{ within }} order by {{ p }} nulls last), 0))
{%- endmacro -%}
{%- macro bh_q(p, ratio, partition='') -%}
    {%- set within = 'partition by ' ~ partition if partition else '' -%}
    case
        when {{ p }} is not null
            then
                least(1e0, min({{ ratio }}) over (
                    {{ within }} order by {{ p }} nulls last range between current row and unbounded following
                ))
    end
{%- endmacro -%}

{#- Storey's (2002) share of real effects among tests, an optimistic bound: 1 - 2 x share of p above one half. Aggregate. -#}
{%- macro storey_share(p) -%}
    greatest(0e0, 1e0 - 2e0 * sum({{ one_if(p ~ ' > 0.5e0') }}) / nullif(count({{ p }}), 0))
{%- endmacro -%}

{#- Kitagawa (1955): one stratum's part of the change of an average, w = share of the stratum, r = its average, 0 = before,
    1 = after. Summed over strata, mix and performance add up to the whole change. -#}
{%- macro kitagawa_mix(w0, w1, r0, r1) -%}
    (({{ w1 }} - {{ w0 }}) * ({{ r0 }} + {{ r1 }}) / 2e0)
{%- endmacro -%}
{%- macro kitagawa_performance(w0, w1, r0, r1) -%}
    (({{ r1 }} - {{ r0 }}) * ({{ w0 }} + {{ w1 }}) / 2e0)
{%- endmacro -%}
