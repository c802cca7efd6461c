{#- Band of the length of service, from its days; as delivered where no first day is known. -#}
{%- macro tenure_band(tenure_days, delivered_band) -%}
    case
        when {{ tenure_days }} <= 30 then '0-30'
        when {{ tenure_days }} <= 90 then '31-90'
        when {{ tenure_days }} <= 180 then '91-180'
        when {{ tenure_days }} > 180 then '180+'
        else coalesce({{ delivered_band }}, 'unknown')
    end
{%- endmacro -%}
