{#- The tier of one window, given the last tier the person had (`previous`, NULL when none): enter only on strong evidence,
    stay while there is some. A gate caps at mid. METHOD.md section 5. Columns of int_tier_evidence. -#}
{%- macro tier_given(previous) -%}
    case
        when no_tier_reason = 'new_starter' then 'new_starter'
        when no_tier_reason is not null then 'not_enough_evidence'
        when p_low >= tier_enter then 'low'
        when {{ previous }} = 'low' and p_low >= tier_stay then 'low'
        when is_gated then 'mid'
        when p_high >= tier_enter then 'high'
        when {{ previous }} = 'high' and p_high >= tier_stay then 'high'
        else 'mid'
    end
{%- endmacro -%}
