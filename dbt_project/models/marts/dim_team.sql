with teams as (
    select * from {{ ref('stg_teams') }}
    where is_newest
),

agents as (
    select * from {{ ref('dim_agent') }}
),

-- a team may be known from the roster alone
known as (
    select team_id from teams
    union
    select distinct team_id from {{ ref('int_membership') }}
),

sizes as (
    select
        team_id,
        count(*) filter (where is_current) as agents
    from agents
    group by team_id
),

active as (
    select
        entity_id as team_id,
        min(day) as first_day,
        max(day) as last_day
    from {{ ref('int_contact_day') }}
    where grain = 'team'
    group by entity_id
)

select
    known.team_id,
    teams.leader,
    teams.manager,
    cast(coalesce(sizes.agents, 0) as bigint) as agents,
    active.first_day,
    active.last_day
from known
left join teams on known.team_id = teams.team_id
left join sizes on known.team_id = sizes.team_id
left join active on known.team_id = active.team_id
