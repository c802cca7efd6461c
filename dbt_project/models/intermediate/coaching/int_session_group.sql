{%- set groups = [('tier', 'tier'), ('tenure', 'tenure_band')] -%}
{%- set grains = [('centre', "'centre'"), ('team', 'team_id')] -%}
{%- set named_tiers = "('high', 'mid', 'low')" -%}
-- Counts before anything is hidden, and what must be hidden on its own account.
with rules as (
    select cast({{ rule_now('group_min_people') }} as bigint) as least
),

people as (
    {% for group_kind, group_name in groups %}
    select
        window_kind,
        window_start,
        is_current,
        team_id,
        '{{ group_kind }}' as group_kind,
        {{ group_name }} as column_key
    from {{ ref('int_session_person') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

sizes as (
    {% for grain, entity in grains %}
    select
        window_kind,
        window_start,
        group_kind,
        '{{ grain }}' as grain,
        {{ entity }} as row_key,
        bool_or(is_current) as is_current,
        count(*) as group_people
    from people
    where {{ entity }} is not null
    group by window_kind, window_start, group_kind, {{ entity }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- every tier is a row, also one that nobody has
codes as (
    select
        window_kind,
        window_start,
        group_kind,
        column_key
    from people
    union
    select
        people.window_kind,
        people.window_start,
        people.group_kind,
        tiers.column_key
    from people
    cross join unnest(['high', 'mid', 'low', 'not_enough_evidence', 'new_starter']) as tiers(column_key)
    where people.group_kind = 'tier'
),

counts as (
    {% for grain, entity in grains %}
    select
        window_kind,
        window_start,
        group_kind,
        '{{ grain }}' as grain,
        {{ entity }} as row_key,
        column_key,
        count(*) as people
    from people
    where {{ entity }} is not null
    group by window_kind, window_start, group_kind, {{ entity }}, column_key
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

sessions as (
    {% for grain, entity in grains %}
    {% set last_grain = loop.last %}
    {% for group_kind, group_name in groups %}
    select
        window_kind,
        window_start,
        '{{ group_kind }}' as group_kind,
        '{{ grain }}' as grain,
        {{ entity }} as row_key,
        {{ group_name }} as column_key,
        count(*) as sessions,
        sum(minutes) as minutes,
        count(*) filter (where trigger = 'proactive') as proactive,
        count(trigger) as known
    from {{ ref('int_session_seen') }}
    where {{ entity }} is not null
    group by window_kind, window_start, {{ entity }}, {{ group_name }}
    {% if not (last_grain and loop.last) %}union all{% endif %}
    {% endfor %}
    {% endfor %}
),

joined as (
    select
        sizes.*,
        codes.column_key,
        rules.least,
        coalesce(counts.people, 0) as people,
        coalesce(sessions.sessions, 0) as sessions,
        coalesce(sessions.minutes, 0e0) as minutes,
        coalesce(sessions.proactive, 0) as proactive,
        coalesce(sessions.known, 0) as known
    from sizes
    cross join rules
    inner join codes
        on sizes.window_kind = codes.window_kind and sizes.window_start = codes.window_start
        and sizes.group_kind = codes.group_kind
    left join counts
        on sizes.window_kind = counts.window_kind and sizes.window_start = counts.window_start
        and sizes.group_kind = counts.group_kind and sizes.grain = counts.grain
        and sizes.row_key = counts.row_key and codes.column_key = counts.column_key
    left join sessions
        on sizes.window_kind = sessions.window_kind and sizes.window_start = sessions.window_start
        and sizes.group_kind = sessions.group_kind and sizes.grain = sessions.grain
        and sizes.row_key = sessions.row_key and codes.column_key = sessions.column_key
)

select
    *,
    people between 1 and least - 1
    -- where all have one tier, the count would say it of each of them
    or bool_or(group_kind = 'tier' and people = group_people and column_key in {{ named_tiers }}) over (
        partition by window_kind, window_start, group_kind, grain, row_key
    ) as is_hidden
from joined
