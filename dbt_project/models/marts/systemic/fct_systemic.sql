with judged_kpis as (
    select
        kpi_id,
        window_kind,
        window_start,
        count(*) filter (where standing = 'compared') as compared_agents,
        avg(case when good * (adjusted_value - target) < 0e0 then 1e0 else 0e0 end) filter (where standing = 'compared')
            as observed_share_below
    from {{ ref('int_systemic_member') }}
    group by kpi_id, window_kind, window_start
),

centres as (
    select
        *,
        target_y + good * centre_mean as centre_y,
        target_y + good * centre_mean - {{ var('interval_z') }}e0 * sqrt(centre_variance) as low_y,
        target_y + good * centre_mean + {{ var('interval_z') }}e0 * sqrt(centre_variance) as high_y
    from {{ ref('int_systemic_centre') }}
),

natural_units as (
    select
        *,
        round({{ natural_value('family', 'centre_value', 'centre_y') }}, 9) as centre_level,
        round({{ natural_value('family', 'centre_value', 'low_y') }}, 9) as interval_low,
        round({{ natural_value('family', 'centre_value', 'high_y') }}, 9) as interval_high,
        round({{ natural_value('family', 'centre_value', 'target_y') }}, 9) as target
    from centres
),

teams as (
    select
        kpi_id,
        window_kind,
        window_start,
        count(*) filter (where is_team_problem) as team_problems
    from {{ ref('int_systemic_team_verdict') }}
    group by kpi_id, window_kind, window_start
),

agents as (
    select
        kpi_id,
        window_kind,
        window_start,
        count(*) filter (where is_individual) as individuals,
        count(*) filter (where is_confirmed) as confirmed_individuals,
        -- a flag is wrong when the agent is in truth at the target or at the level of the team
        coalesce(sum(1e0 - least(p_below, p_below_team)) filter (where is_individual), 0e0) as expected_by_chance
    from {{ ref('int_systemic_agent') }}
    group by kpi_id, window_kind, window_start
),

-- a reason that carries much of the gap without carrying as much of the work
reasons as (
    select
        reasons.kpi_id,
        reasons.window_kind,
        reasons.window_start,
        bool_or(reasons.is_named and reasons.volume_share < rules.reason_share) as is_few_reasons
    from {{ ref('fct_systemic_reason') }} as reasons
    inner join {{ ref('int_rule') }} as rules
        on reasons.window_kind = rules.window_kind and reasons.window_start = rules.window_start
    group by reasons.kpi_id, reasons.window_kind, reasons.window_start
),

-- tools changed or failed for the whole centre within the window
releases as (
    select
        windows.window_kind,
        windows.window_start
    from {{ ref('int_window') }} as windows
    inner join {{ ref('fct_event') }} as events
        on windows.window_end >= events.started_on
        and windows.window_start <= coalesce(events.ended_on, events.started_on)
    where events.kind in ('release', 'outage') and events.scope = 'centre'
    group by windows.window_kind, windows.window_start
),

-- what was short before was not made short by a release
earlier as (
    select
        centres.kpi_id,
        later.window_kind,
        later.window_start,
        centres.is_centre_wide
    from {{ ref('int_systemic_centre') }} as centres
    inner join {{ ref('int_window') }} as windows
        on centres.window_kind = windows.window_kind and centres.window_start = windows.window_start
    inner join {{ ref('int_window') }} as later
        on windows.window_kind = later.window_kind and windows.position = later.position - 1
),

judged as (
    select
        judged_kpis.*,
        natural_units.centre_level,
        natural_units.interval_low,
        natural_units.interval_high,
        natural_units.target,
        natural_units.good,
        natural_units.agents,
        natural_units.teams,
        natural_units.p_centre_below,
        natural_units.share_below,
        natural_units.tau2_agent,
        natural_units.tau2_team,
        natural_units.q,
        natural_units.q_p,
        coalesce(teams.team_problems, 0) as team_problems,
        coalesce(agents.individuals, 0) as individuals,
        coalesce(agents.confirmed_individuals, 0) as confirmed_individuals,
        agents.expected_by_chance,
        coalesce(natural_units.is_centre_wide, false) as is_centre_wide,
        case
            when not coalesce(natural_units.is_centre_wide, false) then null
            when reasons.is_few_reasons then 'few_reasons'
            when releases.window_kind is not null and not coalesce(earlier.is_centre_wide, false) then 'after_release'
            else 'otherwise'
        end as cause
    from judged_kpis
    left join natural_units
        on judged_kpis.kpi_id = natural_units.kpi_id
        and judged_kpis.window_kind = natural_units.window_kind
        and judged_kpis.window_start = natural_units.window_start
    left join teams
        on judged_kpis.kpi_id = teams.kpi_id
        and judged_kpis.window_kind = teams.window_kind
        and judged_kpis.window_start = teams.window_start
    left join agents
        on judged_kpis.kpi_id = agents.kpi_id
        and judged_kpis.window_kind = agents.window_kind
        and judged_kpis.window_start = agents.window_start
    left join reasons
        on judged_kpis.kpi_id = reasons.kpi_id
        and judged_kpis.window_kind = reasons.window_kind
        and judged_kpis.window_start = reasons.window_start
    left join earlier
        on judged_kpis.kpi_id = earlier.kpi_id
        and judged_kpis.window_kind = earlier.window_kind
        and judged_kpis.window_start = earlier.window_start
    left join releases
        on judged_kpis.window_kind = releases.window_kind and judged_kpis.window_start = releases.window_start
)

select
    judged.kpi_id,
    judged.window_kind,
    judged.window_start,
    cast(coalesce(judged.agents, judged.compared_agents) as bigint) as agents,
    cast(coalesce(judged.teams, 0) as bigint) as teams,
    judged.centre_level as centre_value,
    judged.interval_low,
    judged.interval_high,
    judged.target,
    round(judged.good * (judged.centre_level - judged.target), 9) as gap,
    judged.p_centre_below,
    judged.share_below,
    round(judged.observed_share_below, 9) as observed_share_below,
    round(judged.tau2_agent, 9) as tau2_agent,
    round(judged.tau2_team, 9) as tau2_team,
    round(judged.tau2_team / nullif(judged.tau2_team + judged.tau2_agent, 0e0), 9) as icc_team,
    round(judged.q, 9) as q_statistic,
    judged.q_p,
    cast(judged.team_problems as bigint) as team_problems,
    cast(judged.individuals as bigint) as individuals,
    cast(judged.confirmed_individuals as bigint) as confirmed_individuals,
    round(judged.expected_by_chance, 9) as expected_by_chance,
    judged.is_centre_wide,
    case
        when judged.centre_level is null then 'too_few'
        when judged.is_centre_wide then 'centre_wide'
        when judged.team_problems > 0 then 'teams_differ'
        when judged.individuals > 0 then 'individuals'
        else 'common_cause'
    end as verdict,
    judged.cause,
    coalesce(own.owner, everything.owner) as likely_owner,
    coalesce(own.label_en, everything.label_en) as owner_en,
    coalesce(own.label_zh, everything.label_zh) as owner_zh
from judged
left join {{ ref('cause_owners') }} as own on judged.kpi_id = own.kpi_id and judged.cause = own.cause
left join {{ ref('cause_owners') }} as everything on everything.kpi_id = '*' and judged.cause = everything.cause
