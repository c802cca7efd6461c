-- Reasons each agent recorded per queue, beside what colleagues recorded in the same queue. The queue is not typed by the agent,
-- so whoever records other reasons than colleagues do for the same calls stands out.
with recorded as (
    select
        agent_id,
        cast(date_trunc('month', day) as date) as month_start,
        coalesce(queue, '') as queue,
        reason,
        count(*) as n
    from {{ ref('int_contact') }}
    where is_answered and agent_id is not null and reason is not null
    group by agent_id, cast(date_trunc('month', day) as date), coalesce(queue, ''), reason
),

windowed as (
    select
        months.window_kind,
        months.window_start,
        recorded.agent_id,
        recorded.queue,
        recorded.reason,
        sum(recorded.n) as n
    from recorded
    inner join {{ ref('int_window_month') }} as months
        on recorded.month_start = months.month_start and months.window_kind <> 'month'
    group by months.window_kind, months.window_start, recorded.agent_id, recorded.queue, recorded.reason
),

queues as (
    select
        window_kind,
        window_start,
        queue,
        sum(n) as queue_n
    from windowed
    group by window_kind, window_start, queue
),

queue_reasons as (
    select
        window_kind,
        window_start,
        queue,
        reason,
        sum(n) as reason_n
    from windowed
    group by window_kind, window_start, queue, reason
),

agent_queues as (
    select
        window_kind,
        window_start,
        agent_id,
        queue,
        sum(n) as agent_n
    from windowed
    group by window_kind, window_start, agent_id, queue
),

-- only queues in which colleagues recorded enough to compare with
compared as (
    select
        agent_queues.*,
        queues.queue_n - agent_queues.agent_n as others_n
    from agent_queues
    inner join queues
        on agent_queues.window_kind = queues.window_kind
        and agent_queues.window_start = queues.window_start
        and agent_queues.queue = queues.queue
    inner join {{ ref('int_rule') }} as rules
        on agent_queues.window_kind = rules.window_kind and agent_queues.window_start = rules.window_start
    where queues.queue_n - agent_queues.agent_n >= rules.min_reference_n
),

sizes as (
    select
        window_kind,
        window_start,
        agent_id,
        sum(agent_n) as n,
        -- as many colleagues' contacts as would give the same uncertainty in one queue
        power(sum(agent_n), 2) / sum(cast(agent_n as double) * agent_n / others_n) as reference_n
    from compared
    group by window_kind, window_start, agent_id
),

counts as (
    select
        compared.window_kind,
        compared.window_start,
        compared.agent_id,
        queue_reasons.reason,
        sum(coalesce(windowed.n, 0)) as observed,
        sum(compared.agent_n * (queue_reasons.reason_n - coalesce(windowed.n, 0)) / cast(compared.others_n as double)) as expected
    from compared
    inner join queue_reasons
        on compared.window_kind = queue_reasons.window_kind
        and compared.window_start = queue_reasons.window_start
        and compared.queue = queue_reasons.queue
    left join windowed
        on compared.window_kind = windowed.window_kind
        and compared.window_start = windowed.window_start
        and compared.agent_id = windowed.agent_id
        and compared.queue = windowed.queue
        and queue_reasons.reason = windowed.reason
    group by compared.window_kind, compared.window_start, compared.agent_id, queue_reasons.reason
)

select
    counts.window_kind,
    counts.window_start,
    counts.agent_id,
    counts.reason,
    counts.observed,
    counts.expected,
    sizes.n,
    sizes.reference_n
from counts
inner join sizes
    on counts.window_kind = sizes.window_kind
    and counts.window_start = sizes.window_start
    and counts.agent_id = sizes.agent_id
