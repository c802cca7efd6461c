with members as (
    select
        members.kpi_id,
        members.window_kind,
        members.window_start,
        members.agent_id,
        members.family,
        members.good,
        members.centre_value,
        members.adjusted_value,
        members.target,
        members.target_y,
        members.standing,
        agents.centre_mean,
        agents.team_mean,
        agents.steadied_mean,
        agents.steadied_sd,
        agents.p_below,
        agents.p_below_team,
        agents.bh_q,
        agents.is_centre_wide,
        agents.is_team_problem,
        coalesce(agents.is_individual, false) as is_individual,
        coalesce(agents.is_confirmed, false) as is_confirmed
    from {{ ref('int_systemic_member') }} as members
    left join {{ ref('int_systemic_agent') }} as agents
        on members.kpi_id = agents.kpi_id
        and members.window_kind = agents.window_kind
        and members.window_start = agents.window_start
        and members.agent_id = agents.agent_id
),

-- where the centre, the team and the agent stand, all seen from this agent's own target
levels as (
    select
        *,
        target_y + good * centre_mean as centre_y,
        target_y + good * team_mean as team_y,
        target_y + good * steadied_mean as steadied_y,
        target_y + good * steadied_mean - {{ var('interval_z') }}e0 * steadied_sd as low_y,
        target_y + good * steadied_mean + {{ var('interval_z') }}e0 * steadied_sd as high_y
    from members
),

natural_units as (
    select
        *,
        case when centre_y is not null then round({{ natural_value('family', 'centre_value', 'centre_y') }}, 9) end as centre_level,
        case when team_y is not null then round({{ natural_value('family', 'centre_value', 'team_y') }}, 9) end as team_level,
        case when steadied_y is not null then round({{ natural_value('family', 'centre_value', 'steadied_y') }}, 9) end as steadied_value,
        case when low_y is not null then round({{ natural_value('family', 'centre_value', 'low_y') }}, 9) end as steadied_low,
        case when high_y is not null then round({{ natural_value('family', 'centre_value', 'high_y') }}, 9) end as steadied_high
    from levels
)

-- adding nothing turns a zero that is signed into a plain one
select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    round(adjusted_value, 9) as adjusted_value,
    steadied_value,
    steadied_low,
    steadied_high,
    target,
    round(good * (steadied_value - target), 9) + 0e0 as gap,
    round(good * (centre_level - target), 9) + 0e0 as gap_centre,
    round(good * (team_level - centre_level), 9) + 0e0 as gap_team,
    round(good * (steadied_value - team_level), 9) + 0e0 as gap_agent,
    p_below,
    p_below_team,
    bh_q,
    is_individual,
    is_confirmed,
    case
        when standing <> 'compared' then standing
        when is_centre_wide is null then 'too_few'
        when is_centre_wide then 'centre_wide'
        when is_team_problem then 'team'
        when is_individual then 'individual'
        else 'common_cause'
    end as verdict
from natural_units
