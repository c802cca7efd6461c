with items as (
    select
        *,
        bool_or(is_critical) over same_role as has_critical,
        true as has_items
    from {{ ref('int_focus_item_candidate') }}
    window same_role as (partition by window_kind, window_start, agent_id, role)
),

agents as (
    select
        window_kind,
        window_start,
        agent_id,
        role,
        has_critical,
        has_items
    from items
    group by window_kind, window_start, agent_id, role, has_critical, has_items
),

kinds as (
    select
        kpi_id,
        min(error_type) as error_type
    from {{ ref('error_types') }}
    where kpi_id is not null
    group by kpi_id
),

-- a form's score and its items are one matter; the item is concrete, so it is kept
kpis as (
    select
        kpis.*,
        case when kpis.role = 'priority' then coalesce(telling.error_type, kinds.error_type) end as error_type
    from {{ ref('int_focus_kpi') }} as kpis
    left join agents
        on kpis.window_kind = agents.window_kind
        and kpis.window_start = agents.window_start
        and kpis.agent_id = agents.agent_id
        and kpis.role = agents.role
    left join {{ ref('int_focus_telling') }} as telling
        on kpis.kpi_id = telling.kpi_id
        and kpis.window_kind = telling.window_kind
        and kpis.window_start = telling.window_start
        and kpis.agent_id = telling.agent_id
    left join kinds on kpis.matter = kinds.kpi_id
    where not (kpis.kpi_id = 'qa_score' and coalesce(agents.has_items, false))
        and not (kpis.kpi_id = 'critical_error_rate' and coalesce(agents.has_critical, false))
        -- complaints that are mostly about what no single person can change
        and not (kpis.role = 'priority' and coalesce(telling.practice, '') = 'process')
),

candidates as (
    select
        window_kind,
        window_start,
        agent_id,
        team_id,
        role,
        'item' as subject,
        'qa_score' as kpi_id,
        matter,
        item,
        dimension,
        error_type,
        -- nine in ten of those that reach the probability are right, as for a confirmed KPI
        true as is_confirmed,
        true as is_above_peers,
        is_critical,
        weight,
        0 as kpi_position,
        n,
        misses,
        'colleagues' as compared_with,
        value,
        steadied_value,
        steadied_low,
        steadied_high,
        target,
        round(target - steadied_value, 9) as gap,
        cast(null as double) as gap_centre,
        cast(null as double) as gap_team,
        cast(null as double) as gap_agent,
        cast(null as double) as shared_share,
        probability
    from items
    union all
    select
        window_kind,
        window_start,
        agent_id,
        team_id,
        role,
        'kpi' as subject,
        kpi_id,
        matter,
        cast(null as varchar) as item,
        cast(null as varchar) as dimension,
        error_type,
        is_confirmed,
        is_above_peers,
        kpi_id = 'critical_error_rate' as is_critical,
        weight,
        kpi_position,
        n,
        cast(null as bigint) as misses,
        compared_with,
        value,
        steadied_value,
        steadied_low,
        steadied_high,
        target,
        gap,
        gap_centre,
        gap_team,
        gap_agent,
        shared_share,
        probability
    from kpis
),

-- two shortfalls that come of the same error are one talk
distinct_matters as (
    select
        *,
        row_number() over (
            partition by window_kind, window_start, agent_id, coalesce(error_type, matter)
            order by is_confirmed desc, is_critical desc, weight desc, probability desc, kpi_position, item
        ) as place
    from candidates
    where role = 'priority'
),

priorities as (
    select
        *,
        row_number() over (
            partition by window_kind, window_start, agent_id
            order by is_confirmed desc, is_critical desc, weight desc, probability desc, kpi_position, item
        ) as position
    from distinct_matters
    where place = 1
),

talked_about as (
    select * from priorities
    where position <= {{ rule_now('focus_priorities') }}
),

-- what sets the agent apart before what nearly everybody reaches; nothing that is a priority too
strengths as (
    select
        candidates.*,
        cast(1 as bigint) as place,
        row_number() over (
            partition by candidates.window_kind, candidates.window_start, candidates.agent_id
            order by
                candidates.is_above_peers desc,
                candidates.weight desc,
                candidates.probability desc,
                candidates.kpi_position,
                candidates.item
        ) as position
    from candidates
    left join talked_about
        on candidates.window_kind = talked_about.window_kind
        and candidates.window_start = talked_about.window_start
        and candidates.agent_id = talked_about.agent_id
        and candidates.matter = talked_about.matter
    where candidates.role = 'strength' and talked_about.agent_id is null
),

chosen as (
    select * from talked_about
    union all
    select * from strengths
    where position <= {{ rule_now('focus_strengths') }}
)

select * exclude (place) from chosen
