with red as (
    select
        window_kind,
        window_start,
        entity_id as agent_id
    from {{ ref('fct_guard') }}
    where grain = 'agent' and kpi_id = 'csat_top2' and is_red
    group by window_kind, window_start, entity_id
),

placed as (
    select
        posterior.window_kind,
        posterior.window_start,
        posterior.agent_id,
        posterior.kpi_id,
        posterior.n,
        posterior.steadied_value,
        members.good * (posterior.steadied_y - members.target_y)
        / nullif(sqrt(posterior.steadied_variance), 0e0) as z
    from {{ ref('int_posterior') }} as posterior
    inner join {{ ref('int_systemic_member') }} as members
        on posterior.kpi_id = members.kpi_id and posterior.agent_id = members.agent_id
        and posterior.window_kind = members.window_kind and posterior.window_start = members.window_start
    left join red
        on posterior.agent_id = red.agent_id
        and posterior.window_kind = red.window_kind and posterior.window_start = red.window_start
    where posterior.kpi_id = 'csat_top2'
        and members.standing = 'compared'
        and posterior.n >= {{ var('judge_min_observations') }}
        and red.agent_id is null
),

probable as (
    select
        *,
        round({{ norm_cdf('z') }}, 9) as probability
    from placed
)

select
    window_kind,
    window_start,
    agent_id,
    kpi_id,
    n,
    steadied_value,
    probability
from probable
where probability >= {{ rule_now('recognition_sure') }}
