with seen as (
    select distinct
        grain,
        entity_id
    from {{ ref('int_contact_day') }}
    union
    select distinct
        grain,
        entity_id
    from {{ ref('int_survey_day') }}
    union
    select
        'team' as grain,
        team_id as entity_id
    from {{ ref('dim_team') }}
    union
    select
        'agent' as grain,
        agent_id as entity_id
    from {{ ref('dim_agent') }}
    union
    select distinct
        'role' as grain,
        role as entity_id
    from {{ ref('dim_agent') }}
    where role is not null
    union
    select
        'centre' as grain,
        'centre' as entity_id
),

named as (
    select
        'centre' as grain,
        'centre' as entity_id,
        {{ text_literal(var('centre_name')['en']) }} as name_en,
        {{ text_literal(var('centre_name')['zh']) }} as name_zh
    union all
    select
        'team' as grain,
        team_id as entity_id,
        name_en,
        name_zh
    from {{ ref('stg_teams') }}
    where is_newest
    union all
    select
        'agent' as grain,
        agent_id as entity_id,
        name as name_en,
        name as name_zh
    from {{ ref('stg_agents') }}
    where valid_until is null
    union all
    select
        grain,
        entity_id,
        name_en,
        name_zh
    from {{ ref('labels') }}
)

select
    seen.grain,
    seen.entity_id,
    coalesce(named.name_en, seen.entity_id) as name_en,
    coalesce(named.name_zh, seen.entity_id) as name_zh
from seen
left join named on seen.grain = named.grain and seen.entity_id = named.entity_id
