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

{#- Sample variance from sums; NULL below two observations. Rounding can make it a hair negative, hence the floor. -#}
{%- macro variance_from_sums(n, o, ss) -%}
    greatest(0e0, ({{ ss }} - {{ o }} * {{ o }} / nullif({{ n }}, 0)) / nullif({{ n }} - 1, 0))
{%- endmacro -%}

{#- A KPI's value from its sums: always sum over sum; a volume is the sum itself. -#}
{%- macro kpi_value(o, n) -%}
    case when family = 'volume' then {{ o }} else {{ o }} / nullif({{ n }}, 0) end
{%- endmacro -%}

{#- Interval of a KPI value by family: Wilson for shares, normal for means, log scale for times. A mean of few or of
    equal observations gets none: its own spread says nothing yet about how sure it is. -#}
{%- macro interval_bound(side) -%}
    {%- set sign = '-' if side == 'low' else '+' -%}
    {%- set z = var('interval_z') ~ 'e0' -%}
    case
        when family = 'prop' then {{ wilson_low('o', 'n', z) if side == 'low' else wilson_high('o', 'n', z) }}
        when n < {{ var('judge_min_observations') }} then null
        when family = 'mean' then o / n {{ sign }} {{ z }} * sqrt(nullif({{ variance_from_sums('n', 'o', 'ss') }}, 0e0) / n)
        when family = 'logmean' and o > 0
            then
                o / n * exp(
                    {{ sign }} {{ z }} * sqrt(nullif({{ variance_from_sums('n', 'o', 'ss') }}, 0e0) / n) / (o / n)
                )
    end
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
