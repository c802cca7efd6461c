-- A role with rows of its own uses only those; every other role uses the rows of *.
with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

roles as (
    select
        window_kind,
        window_start,
        role
    from {{ ref('int_agent_window') }}
    where window_kind <> 'month'
    group by window_kind, window_start, role
),

versions as (
    select
        windows.window_kind,
        windows.window_start,
        weights.role,
        max(weights.valid_from) as valid_from
    from windows
    inner join {{ ref('role_weights') }} as weights on windows.window_end >= weights.valid_from
    group by windows.window_kind, windows.window_start, weights.role
),

chosen as (
    select
        roles.window_kind,
        roles.window_start,
        roles.role,
        coalesce(own.role, everybody.role) as weighted_as,
        coalesce(own.valid_from, everybody.valid_from) as valid_from
    from roles
    left join versions as own
        on roles.window_kind = own.window_kind and roles.window_start = own.window_start and roles.role = own.role
    left join versions as everybody
        on roles.window_kind = everybody.window_kind and roles.window_start = everybody.window_start
        and everybody.role = '*'
)

select
    chosen.window_kind,
    chosen.window_start,
    chosen.role,
    weights.kpi_id,
    weights.weight,
    weights.owner,
    weights.valid_from
from chosen
inner join {{ ref('role_weights') }} as weights
    on chosen.weighted_as = weights.role and chosen.valid_from = weights.valid_from
where weights.weight > 0
