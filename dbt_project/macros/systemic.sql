{#- For whether a shortfall is the centre's, a team's or one agent's, for guards and for hovering. METHOD.md sections 7, 10, 11. -#}

{#- A natural value x on the scale on which agents are compared, the inverse of `natural_value`: its difference from the
    centre's value, of times logarithmic, of counts relative. NULL where the scale does not reach, such as a time of zero.
    Reads the column `family`. -#}
{%- macro to_analysis_scale(x, centre) -%}
    case
        when family = 'logmean' then case when {{ x }} > 0 and {{ centre }} > 0 then ln({{ x }} / {{ centre }}) end
        when family = 'count' then {{ x }} / nullif({{ centre }}, 0e0) - 1e0
        else {{ x }} - {{ centre }}
    end
{%- endmacro -%}

{#- Fewer people than this do not show how much people differ (METHOD.md section 3). -#}
{%- macro least_pool() -%}
    8
{%- endmacro -%}

{#- P(at least o of n) when each happens with probability p, exactly: the plain sum of the binomial terms. For few rows. -#}
{%- macro binomial_upper_tail(o, n, p) -%}
    case
        when {{ o }} <= 0 then 1e0
        when {{ p }} > 0 and {{ p }} < 1
            then
                (
                    select
                        least(1e0, sum(exp(
                            {{ ln_factorial(n) }} - {{ ln_factorial('happened.k') }} - {{ ln_factorial(n ~ ' - happened.k') }}
                            + happened.k * ln({{ p }}) + ({{ n }} - happened.k) * ln(1e0 - {{ p }})
                        )))
                    from unnest(generate_series({{ o }}, {{ n }})) as happened(k)
                )
    end
{%- endmacro -%}

{#- Median of the square of a standard normal: what half of all squared distances lie below when nothing but chance and an
    ordinary spread is at work. -#}
{%- macro median_of_square() -%}
    0.4549364231195724e0
{%- endmacro -%}

{#- Whether a guard stands out at z standard errors: too high where lower is better, too low where higher is, and either way
    where neither is, such as the share of customers whose rating came back. Its difference from what is expected must point
    the same way: colleagues who stand out raise what is expected of everybody, and nobody is red for being below that. -#}
{%- macro is_red(z, better, limit, difference) -%}
    case {{ better }}
        when 'lower' then {{ z }} > {{ limit }}
        when 'higher' then {{ z }} < -{{ limit }}
        else abs({{ z }}) > {{ limit }}
    end
    and {{ z }} * ({{ difference }}) > 0e0
{%- endmacro -%}
