-- Each team's mean pulled towards the centre's by its unreliable part, and whether the shortfall is the team's.
with placed as (
    select
        teams.*,
        centres.tau2_team,
        centres.centre_mean,
        centres.centre_variance,
        centres.is_centre_wide,
        rules.team_sure,
        rules.team_share,
        rules.team_below_centre_sure,
        centres.tau2_team / (centres.tau2_team + teams.team_variance) as reliability
    from {{ ref('int_systemic_team') }} as teams
    inner join {{ ref('int_systemic_centre') }} as centres
        on teams.kpi_id = centres.kpi_id
        and teams.window_kind = centres.window_kind
        and teams.window_start = centres.window_start
    inner join {{ ref('int_rule') }} as rules
        on teams.window_kind = rules.window_kind and teams.window_start = rules.window_start
),

steadied as (
    select
        *,
        centre_mean + reliability * (team_mean - centre_mean) as steadied_mean,
        sqrt(greatest(
            1e-12,
            team_variance * reliability + (1e0 - reliability) * (1e0 - reliability) * centre_variance
        )) as steadied_sd
    from placed
),

standardised as (
    select
        *,
        -steadied_mean / steadied_sd as z_below,
        -steadied_mean / sqrt(greatest(1e-12, tau2_agent)) as z_share,
        (centre_mean - steadied_mean) / sqrt(greatest(1e-12, team_variance * reliability)) as z_below_centre
    from steadied
),

probable as (
    select
        *,
        round({{ norm_cdf('z_below') }}, 9) as p_team_below,
        round({{ norm_cdf('z_share') }}, 9) as team_share_below,
        round({{ norm_cdf('z_below_centre') }}, 9) as p_below_centre
    from standardised
)

select
    kpi_id,
    window_kind,
    window_start,
    team_key,
    team_id,
    family,
    good,
    centre_value,
    tau2_agent,
    agents,
    team_mean,
    team_variance,
    target_y,
    centre_mean,
    is_centre_wide,
    steadied_mean,
    steadied_sd,
    p_team_below,
    team_share_below,
    p_below_centre,
    -- people without a team are no team
    team_id is not null
    and not is_centre_wide
    and p_team_below >= team_sure
    and team_share_below >= team_share
    and p_below_centre >= team_below_centre_sure as is_team_problem
from probable
