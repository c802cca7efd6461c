-- What the team or the whole centre shares is no priority of a person.
with agents as (
    select
        agents.window_kind,
        agents.window_start,
        agents.agent_id,
        agents.team_id,
        coalesce(weights.weight, 0e0) as weight
    from {{ ref('int_agent_window') }} as agents
    left join {{ ref('int_weight') }} as weights
        on agents.window_kind = weights.window_kind
        and agents.window_start = weights.window_start
        and agents.role = weights.role
        and weights.kpi_id = 'qa_score'
    where agents.window_kind in ('quarter', 'all')
),

standings as (
    select
        standing.*,
        agents.team_id,
        agents.weight,
        case
            when standing.p_more_misses >= {{ rule_now('focus_sure') }} and coalesce(topics.verdict, '') not in ('team', 'everywhere')
                then 'priority'
            when standing.p_loses_less >= {{ rule_now('focus_sure') }} then 'strength'
        end as role
    from {{ ref('int_focus_item_standing') }} as standing
    inner join agents
        on standing.window_kind = agents.window_kind
        and standing.window_start = agents.window_start
        and standing.agent_id = agents.agent_id
    left join {{ ref('int_focus_topic') }} as topics
        on standing.window_kind = topics.window_kind
        and standing.window_start = topics.window_start
        and agents.team_id = topics.team_id
        and standing.matter = topics.matter
),

-- misses for what should change; points for what goes well, since an item that is rarely missed cannot be missed more rarely
measured as (
    select
        window_kind,
        window_start,
        agent_id,
        team_id,
        role,
        matter,
        item,
        dimension,
        error_type,
        is_critical,
        weight,
        n,
        misses,
        case when role = 'priority' then miss_share else lost_share end as value,
        case when role = 'priority' then steadied_miss_share else steadied_lost_share end as steadied_value,
        case when role = 'priority' then steadied_miss_low else steadied_lost_low end as steadied_low,
        case when role = 'priority' then steadied_miss_high else steadied_lost_high end as steadied_high,
        case when role = 'priority' then other_miss_share else other_lost_share end as target,
        case when role = 'priority' then p_more_misses else p_loses_less end as probability
    from standings
    where role is not null
),

ranked as (
    select
        *,
        row_number() over (
            partition by window_kind, window_start, agent_id, role, matter
            order by probability desc, n desc, item
        ) as place
    from measured
)

select * exclude (place) from ranked
where place = 1
