with red as (
    select
        kpi_id,
        window_kind,
        window_start,
        entity_id as team_id
    from {{ ref('fct_guard') }}
    where grain = 'team' and is_red
    group by kpi_id, window_kind, window_start, entity_id
),

-- what counts for nobody's score is no goal of a team either
weighted as (
    select
        kpi_id,
        window_kind,
        window_start
    from {{ ref('int_weight') }}
    group by kpi_id, window_kind, window_start
)

select
    teams.kpi_id,
    teams.window_kind,
    teams.window_start,
    teams.team_id,
    round(1e0 - teams.p_team_below, 9) as probability,
    round(1e0 - teams.p_team_below, 9) >= {{ rule_now('recognition_sure') }} and red.kpi_id is null as is_reached
from {{ ref('fct_systemic_team') }} as teams
-- a goal on attendance would press people to come ill, and one on a guard is pursued by what it is to catch
inner join {{ ref('dim_kpi') }} as kpi on teams.kpi_id = kpi.kpi_id and kpi.aspect = 'quality' and kpi.guards = ''
inner join weighted
    on teams.kpi_id = weighted.kpi_id
    and teams.window_kind = weighted.window_kind and teams.window_start = weighted.window_start
left join red
    on teams.kpi_id = red.kpi_id and teams.team_id = red.team_id
    and teams.window_kind = red.window_kind and teams.window_start = red.window_start
