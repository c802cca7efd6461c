{#- Plain-SQL statistics, inlined so that they run on any engine. Literals carry an exponent: DuckDB reads 0.5 as DECIMAL. -#}

{#- Wilson score bounds of o successes in n (Wilson 1927; checked against Newcombe 1998). Grain: one expression. -#}
{%- macro wilson_low(o, n, z) -%}
    greatest(
        0e0,
        ({{ o }} + {{ z }} * {{ z }} / 2e0 - {{ z }} * sqrt({{ o }} * ({{ n }} - {{ o }}) / {{ n }} + {{ z }} * {{ z }} / 4e0))
        / ({{ n }} + {{ z }} * {{ z }})
    )
{%- endmacro -%}

{%- macro wilson_high(o, n, z) -%}
    least(
        1e0,
        ({{ o }} + {{ z }} * {{ z }} / 2e0 + {{ z }} * sqrt({{ o }} * ({{ n }} - {{ o }}) / {{ n }} + {{ z }} * {{ z }} / 4e0))
        / ({{ n }} + {{ z }} * {{ z }})
    )
{%- endmacro -%}

{#- minuend - subtrahend, two sums that are equal where observations are: what order and rounding leave of such a pair (a
    share of 1e-12) is nothing, or equal observations would look sure of themselves in one order of rows and not in another. -#}
{%- macro beyond_rounding(minuend, subtrahend) -%}
    case when {{ minuend }} - {{ subtrahend }} > 1e-12 * ({{ minuend }}) then {{ minuend }} - {{ subtrahend }} else 0e0 end
{%- endmacro -%}

{#- Sampling variance of a mean, from sums: (ss / w - (o / w)^2) / (n - 1), where w weighs the observations (w = n when they
    count alike, and then it is the usual s^2 / n) and ss sums measure^2 / weight. 0 for equal observations, NULL below two. -#}
{%- macro mean_variance(n, w, o, ss) -%}
    {%- set mean = '(' ~ o ~ ' / ' ~ w ~ ')' -%}
    case
        when {{ n }} > 1 and {{ w }} > 0
            then ({{ beyond_rounding(ss ~ ' / ' ~ w, mean ~ ' * ' ~ mean) }}) / ({{ n }} - 1)
    end
{%- endmacro -%}

{#- Cox's interval for the mean of a lognormal measure (Zhou and Gao 1997; Olsson 2005), in units of the measure, from mean
    and variance of the logarithms of n observations. Reference set lognormal_ci. -#}
{%- macro lognormal_low(log_mean, log_variance, n, z) -%}
    exp({{ log_mean }} + {{ log_variance }} / 2e0 - {{ z }} * {{ lognormal_error(log_variance, n) }})
{%- endmacro -%}

{%- macro lognormal_high(log_mean, log_variance, n, z) -%}
    exp({{ log_mean }} + {{ log_variance }} / 2e0 + {{ z }} * {{ lognormal_error(log_variance, n) }})
{%- endmacro -%}

{%- macro lognormal_error(log_variance, n) -%}
    sqrt({{ log_variance }} / nullif({{ n }}, 0) + {{ log_variance }} * {{ log_variance }} / nullif(2e0 * ({{ n }} - 1), 0e0))
{%- endmacro -%}

{#- Interval of an expected number of events of which o were seen: Byar's approximation of the exact Poisson bounds (Breslow
    and Day 1987), in events; within 0.03 of an event of the exact 90 and 95 % bounds. -#}
{%- macro count_low(o, z) -%}
    case
        when {{ o }} <= 0 then 0e0
        else greatest(0e0, {{ o }} * power(1e0 - 1e0 / (9e0 * {{ o }}) - {{ z }} / (3e0 * sqrt({{ o }})), 3))
    end
{%- endmacro -%}

{%- macro count_high(o, z) -%}
    (({{ o }} + 1e0) * power(1e0 - 1e0 / (9e0 * ({{ o }} + 1e0)) + {{ z }} / (3e0 * sqrt({{ o }} + 1e0)), 3))
{%- endmacro -%}

{#- Sum over sum, never a mean of means; nothing where nothing was observed. -#}
{%- macro sum_over_sum(o, w) -%}
    {{ o }} / nullif({{ w }}, 0)
{%- endmacro -%}

{#- A KPI's value from its sums: always sum over sum; a volume is the sum itself. -#}
{%- macro kpi_value(o, w) -%}
    case when family = 'volume' then {{ o }} else {{ sum_over_sum(o, w) }} end
{%- endmacro -%}

{#- Interval of a KPI value by family, from columns family, n, o, ss and the weight w (or n itself): Wilson for shares, Byar
    for counts, normal for means, log scale for times. A mean of few or of equal observations gets none: its own spread
    says nothing yet about how sure it is. -#}
{%- macro interval_bound(side, w='n') -%}
    {%- set sign = '-' if side == 'low' else '+' -%}
    {%- set z = var('interval_z') ~ 'e0' -%}
    {%- set error = z ~ ' * sqrt(nullif(' ~ mean_variance('n', w, 'o', 'ss') ~ ', 0e0))' -%}
    case
        when family = 'prop' then {{ wilson_low('o', 'n', z) if side == 'low' else wilson_high('o', 'n', z) }}
        when family = 'count' then ({{ count_low('o', z) if side == 'low' else count_high('o', z) }}) / n
        when n < {{ var('judge_min_observations') }} then null
        when family = 'mean' then o / {{ w }} {{ sign }} {{ error }}
        when family = 'logmean' and o > 0 then o / {{ w }} * exp({{ sign }} {{ error }} / (o / {{ w }}))
    end
{%- endmacro -%}

{#- A bound of a value in a unit, stopped where no value of that unit can lie: below nothing, or above all of it. -#}
{%- macro not_below_nothing(unit, bound) -%}
    case when {{ unit }} in ('share', 'seconds', 'contacts', 'per_thousand') and {{ bound }} < 0e0 then 0e0 else {{ bound }} end
{%- endmacro -%}

{%- macro not_above_all(unit, bound) -%}
    case when {{ unit }} = 'share' and {{ bound }} > 1e0 then 1e0 else {{ bound }} end
{%- endmacro -%}

{#- 1 when the condition holds, else 0; NULL counts as not holding. -#}
{%- macro one_if(condition) -%}
    case when {{ condition }} then 1 else 0 end
{%- endmacro -%}

{#- ln(n!) through the gamma function; other engines override by dispatch. -#}
{%- macro ln_factorial(n) -%}
    {{ return(adapter.dispatch('ln_factorial')(n)) }}
{%- endmacro -%}
{%- macro default__ln_factorial(n) -%}
    lgamma(cast({{ n }} as double) + 1e0)
{%- endmacro -%}
