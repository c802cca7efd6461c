-- How much agents differ within their teams (two-step moments, DerSimonian and Kacker 2007), then each team's mean.
with members as (
    select * from {{ ref('int_systemic_member') }}
    where standing = 'compared'
),

plain as (
    select
        kpi_id,
        window_kind,
        window_start,
        team_key,
        count(*) as agents,
        (count(*) - 1) * coalesce(var_samp(distance), 0e0) as squares,
        avg(v) as mean_variance
    from members
    group by kpi_id, window_kind, window_start, team_key
),

starts as (
    select
        kpi_id,
        window_kind,
        window_start,
        sum(agents - 1) as degrees,
        greatest(0e0, sum(squares - (agents - 1) * mean_variance) / nullif(sum(agents - 1), 0)) as start_tau2
    from plain
    group by kpi_id, window_kind, window_start
),

weighed as (
    select
        members.*,
        starts.degrees,
        1e0 / (members.v + starts.start_tau2) as w
    from members
    inner join starts
        on members.kpi_id = starts.kpi_id
        and members.window_kind = starts.window_kind
        and members.window_start = starts.window_start
    where starts.degrees > 0
),

centred as (
    select
        *,
        distance - sum(w * distance) over team / sum(w) over team as residual,
        count(*) over team as agents
    from weighed
    window team as (partition by kpi_id, window_kind, window_start, team_key)
),

per_team as (
    select
        kpi_id,
        window_kind,
        window_start,
        sum(w * residual * residual) as q,
        sum(w * v) - sum(w * w * v) / sum(w) as expected_q,
        sum(w) - sum(w * w) / sum(w) as scale
    from centred
    -- somebody alone in a team says nothing about differences within it
    where agents > 1
    group by kpi_id, window_kind, window_start, team_key
),

spread as (
    select
        kpi_id,
        window_kind,
        window_start,
        greatest(0e0, sum(q - expected_q) / nullif(sum(scale), 0e0)) as tau2_agent
    from per_team
    group by kpi_id, window_kind, window_start
)

select
    members.kpi_id,
    members.window_kind,
    members.window_start,
    members.team_key,
    max(members.team_id) as team_id,
    max(members.family) as family,
    max(members.good) as good,
    max(members.centre_value) as centre_value,
    max(spread.tau2_agent) as tau2_agent,
    count(*) as agents,
    sum(members.distance / (members.v + spread.tau2_agent)) / sum(1e0 / (members.v + spread.tau2_agent)) as team_mean,
    1e0 / sum(1e0 / (members.v + spread.tau2_agent)) as team_variance,
    -- the target of a team is that of its members, in the same weights as its mean
    sum(members.target_y / (members.v + spread.tau2_agent)) / sum(1e0 / (members.v + spread.tau2_agent)) as target_y
from members
inner join spread
    on members.kpi_id = spread.kpi_id
    and members.window_kind = spread.window_kind
    and members.window_start = spread.window_start
group by members.kpi_id, members.window_kind, members.window_start, members.team_key
