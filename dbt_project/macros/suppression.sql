{#- Small cells of a table of people, for pages that many read. First every count of 1 to least - 1 is hidden; then, where a
    row or a column would have exactly one hidden cell, its next smallest count goes too, because the total would give
    the hidden one away. METHOD.md section 12. Needs columns row_key, column_key, people, least in `relation`, and the
    columns of `partition` that name one table. Gives those and is_hidden. -#}
{%- macro suppressed(relation, partition) -%}
    {%- set steps = ['row_key', 'column_key', 'row_key', 'column_key'] -%}
with hidden_0 as (
    select
        *,
        people > 0 and people < least as is_hidden
    from {{ relation }}
)
    {%- for key in steps %}
,

ordered_{{ loop.index }} as (
    select
        *,
        sum(case when is_hidden then 1 else 0 end) over (partition by {{ partition }}, {{ key }}) as hidden_in_line,
        row_number() over (
            partition by {{ partition }}, {{ key }}, (is_hidden or people = 0)
            order by people, row_key, column_key
        ) as next_smallest
    from hidden_{{ loop.index0 }}
),

hidden_{{ loop.index }} as (
    select
        * exclude (is_hidden, hidden_in_line, next_smallest),
        is_hidden or (hidden_in_line = 1 and people > 0 and next_smallest = 1) as is_hidden
    from ordered_{{ loop.index }}
)
    {%- endfor %}

select * from hidden_{{ steps | length }}
{%- endmacro -%}
