with windows as (
    select
        *,
        lag(window_start) over (order by window_start) as previous_start
    from {{ ref('int_window') }}
    where window_kind = 'quarter'
),

tiers as (
    select
        agent_id,
        window_start,
        tier
    from {{ ref('fct_tier') }}
    where window_kind = 'quarter' and tier in ('high', 'mid', 'low')
),

now as (
    select
        windows.window_start,
        windows.previous_start,
        tiers.agent_id,
        tiers.tier
    from windows
    inner join tiers on windows.window_start = tiers.window_start
    where windows.previous_start is not null
),

moves as (
    select
        now.window_start,
        now.previous_start,
        before.tier as previous_tier,
        now.tier,
        count(*) as people
    from now
    inner join tiers as before on now.previous_start = before.window_start and now.agent_id = before.agent_id
    group by now.window_start, now.previous_start, before.tier, now.tier
),

steps as (
    select
        window_start,
        previous_start
    from moves
    group by window_start, previous_start
),

-- a way that nobody went is a row as well: it must not be told apart from one that few went
ways as (
    select
        steps.window_start,
        steps.previous_start,
        befores.previous_tier,
        nows.tier
    from steps
    cross join unnest(['high', 'mid', 'low']) as befores(previous_tier)
    cross join unnest(['high', 'mid', 'low']) as nows(tier)
)

select
    ways.window_start,
    ways.previous_start,
    ways.previous_tier,
    ways.tier,
    coalesce(moves.people, 0) as people,
    sum(coalesce(moves.people, 0)) over (partition by ways.window_start) as people_in_both,
    rules.group_min_people as least
from ways
left join moves
    on ways.window_start = moves.window_start
    and ways.previous_tier = moves.previous_tier
    and ways.tier = moves.tier
inner join {{ ref('int_rule') }} as rules
    on rules.window_kind = 'quarter' and ways.window_start = rules.window_start
