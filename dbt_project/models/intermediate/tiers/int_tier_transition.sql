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
    where window_kind = 'quarter'
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

before as (
    select
        windows.window_start,
        windows.previous_start,
        tiers.agent_id,
        tiers.tier
    from windows
    inner join tiers on windows.previous_start = tiers.window_start
),

-- who came and who left stand in a line of their own
joined as (
    select
        coalesce(now.window_start, before.window_start) as window_start,
        coalesce(now.previous_start, before.previous_start) as previous_start,
        coalesce(before.tier, 'not_here') as row_key,
        coalesce(now.tier, 'not_here') as column_key
    from now
    full outer join before on now.window_start = before.window_start and now.agent_id = before.agent_id
)

select
    joined.window_start,
    joined.previous_start,
    joined.row_key,
    joined.column_key,
    -- the sentence on how many changed tier tells the totals of those who stayed and of those who changed
    case
        when joined.row_key not in ('high', 'mid', 'low') or joined.column_key not in ('high', 'mid', 'low') then 'without_two_tiers'
        when joined.row_key = joined.column_key then 'stayed'
        else 'changed'
    end as step,
    count(*) as people,
    any_value(rules.group_min_people) as least
from joined
inner join {{ ref('int_rule') }} as rules
    on rules.window_kind = 'quarter' and joined.window_start = rules.window_start
group by joined.window_start, joined.previous_start, joined.row_key, joined.column_key
