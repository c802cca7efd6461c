{%- set grains = [('agent', 'agent_id'), ('team', 'team_id'), ('centre', "'centre'")] -%}
with span as (
    select * from {{ ref('int_data_span') }}
),

people as (
    {% for grain, entity in grains %}
    select
        window_kind,
        window_start,
        '{{ grain }}' as grain,
        {{ entity }} as entity_id,
        max(window_end) as window_end,
        bool_or(is_current) as is_current,
        count(*) as people,
        max(last_held_on) as last_held_on,
        count(*) filter (where is_overdue) as people_overdue
    from {{ ref('int_session_person') }}
    where {{ entity }} is not null
    group by window_kind, window_start, {{ entity }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

sessions as (
    {% for grain, entity in grains %}
    select
        window_kind,
        window_start,
        '{{ grain }}' as grain,
        {{ entity }} as entity_id,
        count(distinct agent_id) as coached_people,
        count(distinct coaching_id) as sessions,
        sum(minutes) as minutes,
        count(distinct coaching_id) filter (where trigger = 'proactive') as proactive_sessions,
        count(distinct coaching_id) filter (where trigger = 'reactive') as reactive_sessions,
        avg(case when is_acknowledged then 1e0 else 0e0 end) as acknowledged_share
    from {{ ref('int_session_seen') }}
    where {{ entity }} is not null
    group by window_kind, window_start, {{ entity }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

disputed as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        people.team_id,
        count(*) as disputes
    from {{ ref('int_session_person') }} as people
    inner join {{ ref('stg_agent_responses') }} as responses
        on people.agent_id = responses.agent_id
        and responses.kind = 'disputed'
        and people.window_start <= responses.responded_on
        and people.window_end >= responses.responded_on
    group by people.window_kind, people.window_start, people.agent_id, people.team_id
),

disputes as (
    {% for grain, entity in grains %}
    select
        window_kind,
        window_start,
        '{{ grain }}' as grain,
        {{ entity }} as entity_id,
        sum(disputes) as disputes
    from disputed
    where {{ entity }} is not null
    group by window_kind, window_start, {{ entity }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    people.window_kind,
    people.window_start,
    people.window_end,
    people.is_current,
    people.grain,
    people.entity_id,
    people.people,
    coalesce(sessions.coached_people, 0) as coached_people,
    coalesce(sessions.sessions, 0) as sessions,
    round(coalesce(sessions.minutes, 0e0), 6) as minutes,
    round(coalesce(sessions.minutes, 0e0) / people.people, 6) as minutes_per_person,
    coalesce(sessions.proactive_sessions, 0) as proactive_sessions,
    coalesce(sessions.reactive_sessions, 0) as reactive_sessions,
    round(
        sessions.proactive_sessions / nullif(cast(sessions.proactive_sessions + sessions.reactive_sessions as double), 0e0), 9
    ) as proactive_share,
    round(sessions.acknowledged_share, 9) as acknowledged_share,
    cast(coalesce(disputes.disputes, 0) as bigint) as disputes,
    people.last_held_on,
    cast(span.last_day - people.last_held_on as bigint) as days_since_last,
    people.people_overdue
from people
cross join span
left join sessions
    on people.window_kind = sessions.window_kind and people.window_start = sessions.window_start
    and people.grain = sessions.grain and people.entity_id = sessions.entity_id
left join disputes
    on people.window_kind = disputes.window_kind and people.window_start = disputes.window_start
    and people.grain = disputes.grain and people.entity_id = disputes.entity_id
