-- A fact for skill is an item that the agent surely misses more often than colleagues do; a fact against it, misses that are
-- no more than colleagues would have had on the same items.
with people as (
    select * from {{ ref('int_focus_person') }}
),

missed as (
    select
        people.*,
        standing.item,
        standing.dimension,
        standing.miss_share,
        standing.other_miss_share,
        standing.n
    from people
    inner join {{ ref('int_focus_item_standing') }} as standing
        on people.window_kind = standing.window_kind
        and people.window_start = standing.window_start
        and people.agent_id = standing.agent_id
    where standing.p_more_misses >= {{ rule_now('focus_sure') }}
),

-- all items together: what colleagues would have missed of exactly these
totals as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        sum(sums.n) as n,
        sum(sums.misses) as misses,
        sum(sums.n * (sums.all_misses - sums.misses) / nullif(cast(sums.all_n - sums.n as double), 0e0)) as expected
    from people
    inner join {{ ref('int_focus_item_sum') }} as sums
        on people.window_kind = sums.window_kind
        and people.window_start = sums.window_start
        and people.agent_id = sums.agent_id
    group by people.window_kind, people.window_start, people.agent_id
)

select
    window_kind,
    window_start,
    agent_id,
    item as detail,
    'for' as speaks,
    miss_share as amount,
    other_miss_share as comparison,
    n
from missed
union all
select
    people.window_kind,
    people.window_start,
    people.agent_id,
    '' as detail,
    case when totals.n is null then 'not_delivered' else 'against' end as speaks,
    totals.misses / cast(totals.n as double) as amount,
    totals.expected / cast(totals.n as double) as comparison,
    totals.n
from people
left join totals
    on people.window_kind = totals.window_kind
    and people.window_start = totals.window_start
    and people.agent_id = totals.agent_id
left join missed
    on people.window_kind = missed.window_kind
    and people.window_start = missed.window_start
    and people.agent_id = missed.agent_id
where totals.n is null
    or (
        missed.agent_id is null
        and totals.n >= {{ var('judge_min_observations') }}
        and round(totals.misses - totals.expected, 9) <= 0
    )
