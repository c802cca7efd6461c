{#- A rule of seeds/rules.csv as it stands now, for models that look back over several windows. A model with one row per
    window joins int_rule instead and so takes the rule in force at the time. -#}
{%- macro rule_now(rule_id) -%}
    (select max(rule_now.value) from {{ ref('int_rule_now') }} as rule_now where rule_now.rule_id = '{{ rule_id }}')
{%- endmacro -%}
