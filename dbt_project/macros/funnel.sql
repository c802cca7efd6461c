{#- What a funnel is made of, family by family. Every macro reads columns family, centre_value, within_sd and n; limits are in
    the KPI's own units. Shares are compared on the arcsine scale, counts on the square-root scale of observed over
    expected, times on the log scale, means as they are: on these scales chance has the same spread at every value
    (Spiegelhalter 2005; Spiegelhalter and others 2012). METHOD.md section 3. -#}

{#- How far an entity's value lies from the centre on its scale; NULL where the scale has no such point. -#}
{%- macro funnel_deviation() -%}
    case
        when family = 'prop' then asin(sqrt(value)) - asin(sqrt(centre_value))
        when family = 'count' then sqrt(value / nullif(centre_value, 0e0)) - 1e0
        when family = 'logmean' and value > 0 and centre_value > 0 then ln(value / centre_value)
        when family = 'mean' then value - centre_value
    end
{%- endmacro -%}

{#- Standard error of that deviation from n observations by chance alone; NULL or 0 where nothing varies. -#}
{%- macro funnel_deviation_error() -%}
    case
        when family = 'prop' then 0.5e0 / sqrt(nullif(n, 0))
        when family = 'count' then 0.5e0 / sqrt(nullif(centre_value * n, 0e0))
        when family = 'logmean' then within_sd / nullif(centre_value, 0e0) / sqrt(nullif(n, 0))
        when family = 'mean' then within_sd / sqrt(nullif(n, 0))
    end
{%- endmacro -%}

{#- Limit z standard errors `error` from the centre on that scale, in the KPI's units; sign '-' or '+'. -#}
{%- macro funnel_bound(sign, z, error) -%}
    case
        when family = 'prop'
            then
                power(sin(
                    greatest(0e0, least(pi() / 2e0, asin(sqrt(centre_value)) {{ sign }} {{ z }} * {{ error }}))
                ), 2)
        when family = 'count' then centre_value * power(greatest(0e0, 1e0 {{ sign }} {{ z }} * {{ error }}), 2)
        when family = 'logmean' then centre_value * exp({{ sign }} {{ z }} * {{ error }})
        when family = 'mean' then centre_value {{ sign }} {{ z }} * {{ error }}
    end
{%- endmacro -%}

{#- The same for chance alone: normal for shares and means, Byar for counts. `exact` is the exact limit where it was
    computed, else NULL. Interpolated between two counts, an exact limit of very few observations can fall on the wrong
    side of the centre; no limit is allowed to. -#}
{%- macro funnel_chance_bound(sign, z, exact='cast(null as double)') -%}
    {%- set inner = 'least' if sign == '-' else 'greatest' -%}
    {%- set events = 'nullif(centre_value * n, 0e0)' -%}
    case
        when family = 'prop'
            then {{ inner }}(centre_value, greatest(0e0, least(1e0, coalesce(
                {{ exact }}, centre_value {{ sign }} {{ z }} * sqrt(centre_value * (1e0 - centre_value) / n)
            ))))
        when family = 'count'
            then {{ inner }}(centre_value, coalesce(
                {{ exact }}, {{ count_low(events, z) if sign == '-' else count_high(events, z) }} / n, centre_value
            ))
        else {{ funnel_bound(sign, z, funnel_deviation_error()) }}
    end
{%- endmacro -%}

{#- The four limits of a funnel: name, side, standard errors, probability below. -#}
{%- macro funnel_limits() -%}
    {{ return([
        ('low_95', '-', '1.959963984540054e0', '0.025e0'),
        ('high_95', '+', '1.959963984540054e0', '0.975e0'),
        ('low_998', '-', '3.090232306167813e0', '0.001e0'),
        ('high_998', '+', '3.090232306167813e0', '0.999e0'),
    ]) }}
{%- endmacro -%}
