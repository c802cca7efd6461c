{#- Small cells of a table of people, for pages that many read. METHOD.md section 12. Needs columns row_key, column_key,
    people, least (the smallest count that may be told) in `relation`, and the columns of `partition` that name one table;
    `lines` are the directions whose totals a reader knows. Gives those and is_hidden. -#}
{%- macro suppressed(relation, partition, lines) -%}
{{ hidden_counts(
    '(select *, people > 0 and people < least as is_hidden from ' ~ relation ~ ') as small', partition, lines
) }}
{%- endmacro -%}

{#- What must be hidden in a table of counts so that nothing can be worked out from what is shown. `relation` has columns
    row_key, column_key, people, least (the smallest count that may be told), is_hidden (hidden on its own account) and those
    of `partition`, which name one table; `lines` are the directions whose totals a reader knows. A line with hidden counts
    needs at least two of them, together at least `least` and more than one person each; until then its smallest shown count
    is hidden too. A line below `least` has no total to subtract from. Each pass can open the other direction, so they
    take turns twice; a table in which a line is still open shows nothing. Gives the columns with the new is_hidden. -#}
{%- macro hidden_counts(relation, partition, lines) -%}
with hidden_0 as (
    select * from {{ relation }}
)
    {%- for line in lines + lines %}
,

counted_{{ loop.index }} as (
    select
        *,
        {{ hidden_in_line('total') }},
        coalesce(sum({{ one_if('not is_hidden and people > 0') }}) over smaller, 0) as shown_before,
        coalesce(sum({{ one_if('not is_hidden') }} * people) over smaller, 0) as people_before
    from hidden_{{ loop.index0 }}
    window
        total as (partition by {{ partition }}, {{ line }}),
        smaller as (
            partition by {{ partition }}, {{ line }}
            order by people, row_key, column_key
            rows between unbounded preceding and 1 preceding
        )
),

hidden_{{ loop.index }} as (
    select
        * exclude (is_hidden, line_people, line_hidden_counts, line_hidden_people, line_shown_counts, shown_before, people_before),
        is_hidden
        or (people > 0 and {{ line_is_open('line_hidden_counts + shown_before', 'line_hidden_people + people_before') }}) as is_hidden
    from counted_{{ loop.index }}
)
    {%- endfor %}
    {%- for line in lines %}
,

checked_{{ loop.index }} as (
    select
        *,
        {{ hidden_in_line('total') }}
    from {{ 'hidden_' ~ 2 * lines | length if loop.first else 'judged_' ~ loop.index0 }}
    window total as (partition by {{ partition }}, {{ line }})
),

judged_{{ loop.index }} as (
    select
        * exclude (line_people, line_hidden_counts, line_hidden_people, line_shown_counts),
        {{ line_is_open('line_hidden_counts', 'line_hidden_people') }} as is_open_{{ loop.index }}
    from checked_{{ loop.index }}
)
    {%- endfor %}

select
    * exclude (is_hidden{% for line in lines %}, is_open_{{ loop.index }}{% endfor %}),
    is_hidden
    or bool_or({% for line in lines %}{{ ' or ' if not loop.first }}is_open_{{ loop.index }}{% endfor %}) over (
        partition by {{ partition }}
    ) as is_hidden
from judged_{{ lines | length }}
{%- endmacro -%}

{%- macro hidden_in_line(total) -%}
    sum(people) over {{ total }} as line_people,
        sum({{ one_if('is_hidden and people > 0') }}) over {{ total }} as line_hidden_counts,
        sum({{ one_if('is_hidden') }} * people) over {{ total }} as line_hidden_people,
        sum({{ one_if('not is_hidden') }}) over {{ total }} as line_shown_counts
{%- endmacro -%}

{%- macro line_is_open(counts, people_hidden) -%}
    line_hidden_counts > 0
        and line_shown_counts > 0
        and line_people >= least
        and ({{ counts }} < 2 or {{ people_hidden }} < greatest(least, {{ counts }} + 1))
{%- endmacro -%}
