{%- set half = '0.5e0' -%}
-- Population stability index of the reasons an agent recorded against those expected for the same queues. A small sample drifts by
-- chance alone: what chance gives is taken off, and the rest must be beyond the guard limit.
with counts as (
    select
        *,
        -- rare reasons are judged together: each alone would be all noise
        case when expected >= 5e0 then reason else '' end as reason_group
    from {{ ref('int_reason_share') }}
),

grouped as (
    select
        window_kind,
        window_start,
        agent_id,
        reason_group,
        max(n) as n,
        max(reference_n) as reference_n,
        sum(observed) as observed,
        sum(expected) as expected
    from counts
    group by window_kind, window_start, agent_id, reason_group
),

shares as (
    select
        *,
        (observed + {{ half }}) / (n + {{ half }} * count(*) over agent) as observed_share,
        (expected + {{ half }}) / (n + {{ half }} * count(*) over agent) as expected_share
    from grouped
    window agent as (partition by window_kind, window_start, agent_id)
),

indices as (
    select
        window_kind,
        window_start,
        agent_id,
        max(n) as n,
        count(*) - 1 as degrees,
        sum((observed_share - expected_share) * ln(observed_share / expected_share)) as psi,
        (count(*) - 1) * (1e0 / max(n) + 1e0 / max(reference_n)) as psi_by_chance
    from shares
    group by window_kind, window_start, agent_id
    having count(*) > 1
),

-- what stands out most, for the conversation
named as (
    select
        window_kind,
        window_start,
        agent_id,
        reason,
        round((observed - expected) / n, 9) as difference,
        row_number() over (partition by window_kind, window_start, agent_id order by observed - expected desc, reason) as from_most,
        row_number() over (partition by window_kind, window_start, agent_id order by observed - expected, reason) as from_least
    from {{ ref('int_reason_share') }}
),

measured as (
    select
        *,
        psi * degrees / psi_by_chance as q
    from indices
),

judged as (
    select
        measured.*,
        round({{ chi2_z('measured.q', 'measured.degrees') }}, 9) as z,
        round(measured.psi - measured.psi_by_chance, 9) as psi_beyond_chance,
        rules.psi_limit,
        rules.guard_z
    from measured
    inner join {{ ref('int_rule') }} as rules
        on measured.window_kind = rules.window_kind and measured.window_start = rules.window_start
)

select
    judged.window_kind,
    judged.window_start,
    judged.agent_id,
    cast(judged.n as bigint) as n,
    round(judged.psi, 9) as psi,
    round(judged.psi_by_chance, 9) as psi_by_chance,
    judged.z,
    over_used.reason as more_often,
    over_used.difference as more_often_by,
    under_used.reason as less_often,
    under_used.difference as less_often_by,
    judged.psi_beyond_chance > judged.psi_limit and judged.z > judged.guard_z as is_red
from judged
left join named as over_used
    on judged.window_kind = over_used.window_kind
    and judged.window_start = over_used.window_start
    and judged.agent_id = over_used.agent_id
    and over_used.from_most = 1
    and over_used.difference > 0e0
left join named as under_used
    on judged.window_kind = under_used.window_kind
    and judged.window_start = under_used.window_start
    and judged.agent_id = under_used.agent_id
    and under_used.from_least = 1
    and under_used.difference < 0e0
