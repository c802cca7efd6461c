-- Day sums of everything that is compared: the centre, each team, and to each team the other teams together.
with days as (
    select
        day_values.kpi_id,
        day_values.grain,
        day_values.entity_id,
        day_values.period_start as day,
        day_values.n,
        day_values.w,
        day_values.o,
        day_values.ss
    from {{ ref('fct_kpi_value') }} as day_values
    inner join {{ ref('dim_kpi') }} as kpi on day_values.kpi_id = kpi.kpi_id
    -- totals and indices have no interval; a guard is no expectation that anybody works towards
    where day_values.period_kind = 'day'
        and day_values.grain in ('centre', 'team')
        and kpi.family not in ('volume', 'index')
        and kpi.guards = ''
        and day_values.w > 0
),

-- in millionths, as whole numbers: no order of rows shows in a sum
all_teams as (
    select
        kpi_id,
        day,
        sum(n) as n,
        sum(cast(w as decimal(38, 6))) as w,
        sum(cast(o as decimal(38, 6))) as o,
        sum(cast(ss as decimal(38, 6))) as ss
    from days
    where grain = 'team'
    group by kpi_id, day
),

teams as (
    select distinct
        kpi_id,
        entity_id
    from days
    where grain = 'team'
),

others as (
    select
        teams.kpi_id,
        'others' as grain,
        teams.entity_id,
        all_teams.day,
        all_teams.n - coalesce(own.n, 0) as n,
        cast(all_teams.w - coalesce(cast(own.w as decimal(38, 6)), 0) as double) as w,
        cast(all_teams.o - coalesce(cast(own.o as decimal(38, 6)), 0) as double) as o,
        cast(all_teams.ss - coalesce(cast(own.ss as decimal(38, 6)), 0) as double) as ss
    from teams
    inner join all_teams on teams.kpi_id = all_teams.kpi_id
    left join days as own
        on teams.kpi_id = own.kpi_id
        and teams.entity_id = own.entity_id
        and own.grain = 'team'
        and all_teams.day = own.day
)

select
    kpi_id,
    grain,
    entity_id,
    day,
    n,
    w,
    o,
    ss
from days
union all
select
    kpi_id,
    grain,
    entity_id,
    day,
    n,
    w,
    o,
    ss
from others
where n > 0 and w > 0
