{#- First day of the period a day belongs to. Weeks start on Monday. `all` starts with the first delivered day. -#}
{%- macro period_start(kind, day, first_day) -%}
    {%- if kind == 'all' -%}
        {{ first_day }}
    {%- elif kind == 'day' -%}
        {{ day }}
    {%- else -%}
        cast(date_trunc('{{ kind }}', {{ day }}) as date)
    {%- endif -%}
{%- endmacro -%}

{%- macro period_kinds() -%}
    {{ return(['day', 'week', 'month', 'quarter', 'all']) }}
{%- endmacro -%}
