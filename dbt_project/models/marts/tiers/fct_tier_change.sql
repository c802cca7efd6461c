-- How many tiers changed since the quarter before, beside how many chance alone would have changed if nobody had.
with tiers as (
    select
        tiers.*,
        windows.position,
        case tiers.tier when 'high' then 3 when 'mid' then 2 else 1 end as height
    from {{ ref('fct_tier') }} as tiers
    inner join {{ ref('int_window') }} as windows
        on tiers.window_kind = windows.window_kind and tiers.window_start = windows.window_start
    where tiers.window_kind = 'quarter' and tiers.tier in ('high', 'mid', 'low')
),

counted as (
    select
        now.window_start,
        before.window_start as previous_start,
        now.is_current,
        count(*) as people,
        count(*) filter (where now.tier <> before.tier) as changed,
        count(*) filter (where now.height > before.height) as up,
        count(*) filter (where now.height < before.height) as down,
        coalesce(sum(before.p_flip), 0e0) as expected,
        coalesce(sum(before.p_flip * (1e0 - before.p_flip)), 0e0) as variance
    from tiers as now
    inner join tiers as before on now.agent_id = before.agent_id and now.position = before.position + 1
    group by now.window_start, before.window_start, now.is_current
),

judged as (
    select
        counted.*,
        rules.group_min_people as least,
        round((counted.changed - counted.expected) / nullif(sqrt(counted.variance), 0e0), 9) as z
    from counted
    inner join {{ ref('int_rule') }} as rules
        on rules.window_kind = 'quarter' and counted.window_start = rules.window_start
)

select
    window_start,
    previous_start,
    is_current,
    cast(people as bigint) as people,
    cast(case when changed = 0 or changed >= least then changed end as bigint) as changed,
    round(expected, 6) as expected_by_chance,
    case
        when changed = 0 then 'nobody'
        when changed < least then 'too_few'
        when up >= 0.75e0 * changed then 'mostly_up'
        when down >= 0.75e0 * changed then 'mostly_down'
        else 'both_ways'
    end as direction,
    case
        when z >= {{ var('interval_z') }}e0 then 'more_than_chance'
        when z <= -{{ var('interval_z') }}e0 then 'less_than_chance'
        else 'as_chance'
    end as verdict
from judged
where people >= least
