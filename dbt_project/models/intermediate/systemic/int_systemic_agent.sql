-- Each agent's distance pulled towards the own team's by its unreliable part, and whether the shortfall is the agent's own.
with placed as (
    select
        members.*,
        teams.tau2_agent,
        teams.team_variance,
        teams.centre_mean,
        teams.steadied_mean as team_mean,
        teams.is_centre_wide,
        teams.is_team_problem,
        rules.individual_sure,
        rules.individual_below_team_sure,
        rules.fdr_q,
        teams.tau2_agent / (teams.tau2_agent + members.v) as reliability
    from {{ ref('int_systemic_member') }} as members
    inner join {{ ref('int_systemic_team_verdict') }} as teams
        on members.kpi_id = teams.kpi_id
        and members.window_kind = teams.window_kind
        and members.window_start = teams.window_start
        and members.team_key = teams.team_key
    inner join {{ ref('int_rule') }} as rules
        on members.window_kind = rules.window_kind and members.window_start = rules.window_start
    where members.standing = 'compared'
),

steadied as (
    select
        *,
        team_mean + reliability * (distance - team_mean) as steadied_mean,
        sqrt(greatest(1e-12, v * reliability)) as steadied_sd
    from placed
),

standardised as (
    select
        *,
        -steadied_mean / steadied_sd as z_below,
        (team_mean - steadied_mean) / steadied_sd as z_below_team,
        -- the weaker of two one-sided tests, of being at the target and of being at the team's level
        greatest(distance / sqrt(v), (distance - team_mean) / sqrt(v + team_variance)) as z_chance
    from steadied
),

probable as (
    select
        *,
        round({{ norm_cdf('z_below') }}, 9) as p_below,
        round({{ norm_cdf('z_below_team') }}, 9) as p_below_team,
        round({{ norm_cdf('z_chance') }}, 12) as p_chance
    from standardised
),

ranked as (
    select
        *,
        {{ bh_ratio('p_chance', 'kpi_id, window_kind, window_start') }} as ratio
    from probable
),

adjusted as (
    select
        *,
        round({{ bh_q('p_chance', 'ratio', 'kpi_id, window_kind, window_start') }}, 9) as bh_q
    from ranked
),

judged as (
    select
        *,
        not is_centre_wide
        and not is_team_problem
        and p_below >= individual_sure
        and p_below_team >= individual_below_team_sure as is_individual
    from adjusted
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    family,
    good,
    centre_value,
    target_y,
    centre_mean,
    team_mean,
    steadied_mean,
    steadied_sd,
    p_below,
    p_below_team,
    p_chance,
    bh_q,
    is_centre_wide,
    is_team_problem,
    is_individual,
    is_individual and bh_q <= fdr_q as is_confirmed
from judged
