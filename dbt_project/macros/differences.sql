{#- Interval of a difference from the intervals of its two sides, "method of variance estimates recovery" (Zou and Donner
    2008). From Wilson's intervals of two shares it is method 10 of Newcombe (1998). Each side brings its own value and
    bounds at the same confidence; sides are independent. Arguments are column names. -#}
{%- macro difference_low(value, low, other_value, other_high) -%}
    ({{ value }} - {{ other_value }} - {{ recovered_error(value, low, other_value, other_high) }})
{%- endmacro -%}

{%- macro difference_high(value, high, other_value, other_low) -%}
    ({{ value }} - {{ other_value }} + {{ recovered_error(value, high, other_value, other_low) }})
{%- endmacro -%}

{%- macro recovered_error(value, bound, other_value, other_bound) -%}
    sqrt(
        ({{ value }} - {{ bound }}) * ({{ value }} - {{ bound }})
        + ({{ other_bound }} - {{ other_value }}) * ({{ other_bound }} - {{ other_value }})
    )
{%- endmacro -%}

{#- Variance of a sum over a sum when whole days are drawn, not single observations: from the number of days, the totals t
    and w and the day sums of t^2, t x w and w^2. NULL below ten days: too few to say how days differ. -#}
{%- macro day_variance(days, t, w, tt, tw, ww) -%}
    case
        when {{ days }} >= 10
            then
                {{ days }} / ({{ days }} - 1e0)
                * greatest(0e0, {{ tt }} - 2e0 * ({{ t }} / {{ w }}) * {{ tw }} + ({{ t }} / {{ w }}) * ({{ t }} / {{ w }}) * {{ ww }})
                / ({{ w }} * {{ w }})
    end
{%- endmacro -%}
