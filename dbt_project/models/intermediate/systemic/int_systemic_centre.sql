-- How much teams differ beyond what their members' differences explain (DerSimonian and Laird on team means), the centre's
-- mean, and whether the whole centre is short of its target.
with teams as (
    select * from {{ ref('int_systemic_team') }}
),

centred as (
    select
        *,
        team_mean - sum(team_mean / team_variance) over centre / sum(1e0 / team_variance) over centre as residual
    from teams
    window centre as (partition by kpi_id, window_kind, window_start)
),

moments as (
    select
        kpi_id,
        window_kind,
        window_start,
        count(*) as teams,
        sum(residual * residual / team_variance) as q,
        sum(1e0 / team_variance) - sum(1e0 / (team_variance * team_variance)) / sum(1e0 / team_variance) as scale
    from centred
    group by kpi_id, window_kind, window_start
),

spread as (
    select
        *,
        case when teams > 1 then greatest(0e0, (q - (teams - 1)) / nullif(scale, 0e0)) else 0e0 end as tau2_team
    from moments
),

centres as (
    select
        teams.kpi_id,
        teams.window_kind,
        teams.window_start,
        max(teams.family) as family,
        max(teams.good) as good,
        max(teams.centre_value) as centre_value,
        max(teams.tau2_agent) as tau2_agent,
        max(spread.tau2_team) as tau2_team,
        max(spread.q) as q,
        max(spread.teams) as teams,
        sum(teams.agents) as agents,
        sum(teams.team_mean / (teams.team_variance + spread.tau2_team))
        / sum(1e0 / (teams.team_variance + spread.tau2_team)) as centre_mean,
        1e0 / sum(1e0 / (teams.team_variance + spread.tau2_team)) as centre_variance,
        sum(teams.target_y / (teams.team_variance + spread.tau2_team))
        / sum(1e0 / (teams.team_variance + spread.tau2_team)) as target_y
    from teams
    inner join spread
        on teams.kpi_id = spread.kpi_id
        and teams.window_kind = spread.window_kind
        and teams.window_start = spread.window_start
    group by teams.kpi_id, teams.window_kind, teams.window_start
    having sum(teams.agents) >= {{ least_pool() }}
),

standardised as (
    select
        *,
        teams - 1 as degrees,
        -centre_mean / sqrt(centre_variance) as z_below,
        -- a spread of nothing would divide by zero: then all stand where the centre stands
        -centre_mean / sqrt(greatest(tau2_team + tau2_agent, 1e-12)) as z_share
    from centres
),

probable as (
    select
        *,
        round({{ norm_cdf('z_below') }}, 9) as p_centre_below,
        round({{ norm_cdf('z_share') }}, 9) as share_below,
        case when teams > 1 then round({{ chi2_upper_tail('q', 'degrees') }}, 9) end as q_p
    from standardised
)

select
    probable.kpi_id,
    probable.window_kind,
    probable.window_start,
    probable.family,
    probable.good,
    probable.centre_value,
    probable.agents,
    probable.teams,
    probable.tau2_agent,
    probable.tau2_team,
    probable.q,
    probable.q_p,
    probable.centre_mean,
    probable.centre_variance,
    probable.target_y,
    probable.p_centre_below,
    probable.share_below,
    probable.p_centre_below >= rules.systemic_sure and probable.share_below >= rules.systemic_share as is_centre_wide
from probable
inner join {{ ref('int_rule') }} as rules
    on probable.window_kind = rules.window_kind and probable.window_start = rules.window_start
