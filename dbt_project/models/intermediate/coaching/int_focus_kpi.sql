-- KPIs that an agent may be praised for or talk about. A guard, an index, a volume and what is neither good nor bad in a
-- person are none, nor is presence, which illness and care decide, unless the centre weighs it for the role.
with kpis as (
    select
        kpi_id,
        position,
        aspect,
        case when better = 'lower' then -1e0 else 1e0 end as good,
        -- two figures of one matter
        case kpi_id when 'resolution_rate' then 'first_contact_resolution' when 'csat_mean' then 'csat_top2' else kpi_id end as matter
    from {{ ref('dim_kpi') }}
    where family in ('prop', 'mean', 'logmean', 'count') and better <> 'neutral' and guards = ''
),

red as (
    select
        entity_id as agent_id,
        window_kind,
        window_start,
        kpi_id
    from {{ ref('fct_guard') }}
    where grain = 'agent' and is_red
    group by entity_id, window_kind, window_start, kpi_id
),

posteriors as (
    select
        posterior.kpi_id,
        kpis.position as kpi_position,
        kpis.matter,
        posterior.window_kind,
        posterior.window_start,
        posterior.agent_id,
        posterior.team_id,
        posterior.n,
        posterior.adjusted_value,
        posterior.steadied_value,
        posterior.steadied_low,
        posterior.steadied_high,
        {{ natural_value('posterior.family', 'posterior.centre_value', 'posterior.mu') }} as peer_value,
        kpis.good,
        case
            when posterior.no_reference_share <= rules.no_reference_share
                then kpis.good * (posterior.steadied_y - posterior.mu) / nullif(sqrt(posterior.steadied_variance), 0e0)
        end as z_above_peers,
        coalesce(weights.weight, 0e0) as weight,
        red.agent_id is not null as is_red
    from {{ ref('int_posterior') }} as posterior
    inner join kpis on posterior.kpi_id = kpis.kpi_id
    inner join {{ ref('int_rule') }} as rules
        on posterior.window_kind = rules.window_kind and posterior.window_start = rules.window_start
    left join {{ ref('int_weight') }} as weights
        on posterior.window_kind = weights.window_kind
        and posterior.window_start = weights.window_start
        and posterior.role = weights.role
        and posterior.kpi_id = weights.kpi_id
    left join red
        on posterior.window_kind = red.window_kind
        and posterior.window_start = red.window_start
        and posterior.agent_id = red.agent_id
        and posterior.kpi_id = red.kpi_id
    where posterior.window_kind in ('quarter', 'all')
        and (kpis.aspect <> 'management' or coalesce(weights.weight, 0e0) > 0)
),

judged as (
    select
        posteriors.*,
        round({{ norm_cdf('posteriors.z_above_peers') }}, 9) as p_above_peers,
        agents.adjusted_value as systemic_value,
        agents.steadied_value as systemic_steadied,
        agents.steadied_low as systemic_low,
        agents.steadied_high as systemic_high,
        agents.target,
        agents.gap,
        agents.gap_centre,
        agents.gap_team,
        agents.gap_agent,
        agents.p_below,
        agents.p_below_team,
        coalesce(agents.is_individual, false) as is_individual,
        coalesce(agents.is_confirmed, false) as is_confirmed,
        coalesce(round(1e0 - agents.p_below, 9) >= {{ rule_now('focus_sure') }}, false) as is_above_target
    from posteriors
    left join {{ ref('fct_systemic_agent') }} as agents
        on posteriors.kpi_id = agents.kpi_id
        and posteriors.window_kind = agents.window_kind
        and posteriors.window_start = agents.window_start
        and posteriors.agent_id = agents.agent_id
),

placed as (
    select
        *,
        case
            when is_individual then 'priority'
            when is_red then null
            when p_above_peers >= {{ rule_now('focus_sure') }} then 'strength'
            -- what nearly everybody reaches is none where colleagues surely do better
            when is_above_target and coalesce(round(1e0 - p_above_peers, 9) < {{ rule_now('individual_sure') }}, true)
                then 'strength'
        end as role,
        -- the target where something is known of it; else it is colleagues that the agent surely does better than
        is_individual or is_above_target as is_against_target,
        coalesce(p_above_peers >= {{ rule_now('focus_sure') }}, false) as is_above_peers
    from judged
),

priced as (
    select
        *,
        case
            when is_individual then least(p_below, p_below_team)
            when is_above_target then round(1e0 - p_below, 9)
            else p_above_peers
        end as probability
    from placed
    where role is not null
),

-- of a matter's figures the one that weighs more
ranked as (
    select
        *,
        row_number() over (
            partition by window_kind, window_start, agent_id, role, matter
            order by weight desc, is_confirmed desc, round(probability, 9) desc, kpi_position
        ) as place
    from priced
)

select
    window_kind,
    window_start,
    agent_id,
    team_id,
    role,
    kpi_id,
    kpi_position,
    matter,
    weight,
    is_confirmed,
    is_above_peers,
    n,
    case when is_against_target then 'target' else 'colleagues' end as compared_with,
    round(case when is_against_target then systemic_value else adjusted_value end, 9) as value,
    round(case when is_against_target then systemic_steadied else steadied_value end, 9) as steadied_value,
    round(case when is_against_target then systemic_low else steadied_low end, 9) as steadied_low,
    round(case when is_against_target then systemic_high else steadied_high end, 9) as steadied_high,
    round(case when is_against_target then target else peer_value end, 9) as target,
    round(case when is_against_target then gap else good * (steadied_value - peer_value) end, 9) as gap,
    round(case when is_against_target then gap_centre end, 9) as gap_centre,
    round(case when is_against_target then gap_team end, 9) as gap_team,
    round(case when is_against_target then gap_agent end, 9) as gap_agent,
    round(case
        when role = 'priority' and gap < 0 then least(1e0, greatest(0e0, (gap_centre + gap_team) / gap))
    end, 9) as shared_share,
    probability
from ranked
where place = 1
