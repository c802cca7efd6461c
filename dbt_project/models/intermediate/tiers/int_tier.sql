with recursive evidence as (
    select
        *,
        row_number() over (partition by agent_id, window_kind order by window_start) as step
    from {{ ref('int_tier_evidence') }}
    where window_kind in ('quarter', 'all')
),

-- quarter after quarter; a quarter without enough evidence leaves the memory as it was
chain as (
    select
        agent_id,
        window_kind,
        window_start,
        step,
        cast(null as varchar) as previous_tier,
        cast(null as varchar) as remembered,
        {{ tier_given('cast(null as varchar)') }} as tier
    from evidence
    where step = 1
    union all
    select
        evidence.agent_id,
        evidence.window_kind,
        evidence.window_start,
        evidence.step,
        chain.tier as previous_tier,
        case when chain.tier in ('low', 'mid', 'high') then chain.tier else chain.remembered end as remembered,
        {{ tier_given("case when chain.tier in ('low', 'mid', 'high') then chain.tier else chain.remembered end") }} as tier
    from chain
    inner join evidence
        on chain.agent_id = evidence.agent_id and chain.window_kind = evidence.window_kind
        and chain.step + 1 = evidence.step
),

newest as (
    select
        agent_id,
        arg_max(tier, window_start) as previous_tier,
        arg_max(case when tier in ('low', 'mid', 'high') then tier else remembered end, window_start) as remembered
    from chain
    group by agent_id
)

select
    agent_id,
    window_kind,
    window_start,
    previous_tier,
    remembered,
    tier
from chain
union all
-- the preview starts from the newest quarter and commits to nothing
select
    preview.agent_id,
    preview.window_kind,
    preview.window_start,
    newest.previous_tier,
    newest.remembered,
    {{ tier_given('newest.remembered') }} as tier
from {{ ref('int_tier_evidence') }} as preview
left join newest on preview.agent_id = newest.agent_id
where preview.window_kind = 'preview'
