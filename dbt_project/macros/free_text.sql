{#- Words of people as they may be shown: without blanks around them, and with long numbers (telephone, account, identity)
    masked but for the last two digits. NULL for an empty text. -#}
{%- macro without_long_numbers(text) -%}
    nullif(trim(regexp_replace({{ text }}, '\+?[0-9](?:[ -]?[0-9]){5,}([0-9]{2})', '•••\1', 'g')), '')
{%- endmacro -%}
