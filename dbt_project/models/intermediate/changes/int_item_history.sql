-- Every edition: those the lake keeps and, when this build says something else than the newest of them, this one. So a
-- build repeated after it was recorded finds the same history as the build that is about to be recorded.
with recorded as (
    select * from {{ ref('stg_published_items') }}
),

numbered as (
    select
        *,
        row_number() over (partition by item_key order by edition desc) as from_newest
    from recorded
),

latest as (
    select * from numbered
    where from_newest = 1 and not is_gone
),

upcoming as (
    select
        coalesce((select max(edition) from recorded), 0) + 1 as edition,
        last_day as as_of
    from {{ ref('int_data_span') }}
),

said_anew as (
    select
        upcoming.edition,
        upcoming.as_of,
        false as is_gone,
        {% for column in item_columns() %}
        items.{{ column }},
        {% endfor %}
        items.item_key
    from {{ ref('int_item_now') }} as items
    cross join upcoming
    left join latest on items.item_key = latest.item_key
    where latest.item_key is null
        {% for column in said_columns() %}
        or items.{{ column }} is distinct from latest.{{ column }}
        {% endfor %}
),

said_no_more as (
    select
        upcoming.edition,
        upcoming.as_of,
        true as is_gone,
        {% for column in item_columns() %}
        latest.{{ column }},
        {% endfor %}
        latest.item_key
    from latest
    cross join upcoming
    left join {{ ref('int_item_now') }} as items on latest.item_key = items.item_key
    where items.item_key is null
),

history as (
    select
        edition,
        as_of,
        is_gone,
        {{ item_columns() | join(',\n        ') }},
        item_key
    from recorded
    union all by name
    select * from said_anew
    union all by name
    select * from said_no_more
)

select
    *,
    edition = min(edition) over () as is_first_edition,
    coalesce(not lag(is_gone) over (partition by item_key order by edition), false) as was_said,
    {% for column in said_columns() %}
    case
        when not lag(is_gone) over (partition by item_key order by edition)
            then lag({{ column }}) over (partition by item_key order by edition)
    end as {{ column }}_before{{ "," if not loop.last }}
    {% endfor %}
from history
