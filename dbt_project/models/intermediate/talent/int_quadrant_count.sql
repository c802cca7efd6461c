{% set named_codes = "'" ~ quadrants() | join("', '") ~ "'" -%}
-- Counts before anything is hidden, and what must be hidden on its own account.
with placed as (
    select
        quadrants.window_kind,
        quadrants.window_start,
        agents.team_id,
        quadrants.quadrant,
        rules.group_min_people
    from {{ ref('fct_quadrant') }} as quadrants
    inner join {{ ref('int_rule') }} as rules
        on quadrants.window_kind = rules.window_kind and quadrants.window_start = rules.window_start
    left join {{ ref('int_agent_window') }} as agents
        on quadrants.window_kind = agents.window_kind
        and quadrants.window_start = agents.window_start
        and quadrants.agent_id = agents.agent_id
),

members as (
    select
        *,
        'centre' as grain,
        'centre' as entity_id
    from placed
    union all
    select
        *,
        'team' as grain,
        team_id as entity_id
    from placed
    where team_id is not null
),

sizes as (
    select
        window_kind,
        window_start,
        grain,
        entity_id,
        group_min_people,
        count(*) as group_people
    from members
    group by window_kind, window_start, grain, entity_id, group_min_people
),

codes as (
    {% for quadrant in quadrants().keys() | list + no_quadrants() -%}
    select '{{ quadrant }}' as quadrant{{ " union all" if not loop.last }}
    {% endfor %}
),

counts as (
    select
        sizes.window_kind,
        sizes.window_start,
        sizes.grain,
        sizes.entity_id,
        codes.quadrant,
        sizes.group_people,
        cast(sizes.group_min_people as bigint) as least,
        count(members.quadrant) as people
    from sizes
    cross join codes
    left join members
        on sizes.window_kind = members.window_kind
        and sizes.window_start = members.window_start
        and sizes.grain = members.grain
        and sizes.entity_id = members.entity_id
        and codes.quadrant = members.quadrant
    group by
        sizes.window_kind,
        sizes.window_start,
        sizes.grain,
        sizes.entity_id,
        codes.quadrant,
        sizes.group_people,
        sizes.group_min_people
)

select
    window_kind,
    window_start,
    grain,
    entity_id as row_key,
    quadrant as column_key,
    group_people,
    least,
    people,
    people between 1 and least - 1
    -- where all stand in one quadrant, the count would say it of each of them
    or bool_or(people = group_people and quadrant in ({{ named_codes }})) over (
        partition by window_kind, window_start, grain, entity_id
    ) as is_hidden
from counts
