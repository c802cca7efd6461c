-- A reader knows how many people a team has and, for teams, the centre's groups as totals along a group.
with centre_groups as (
    select * from {{ ref('int_session_group') }}
    where grain = 'centre'
),

team_groups as (
    select * from {{ ref('int_session_group') }}
    where grain = 'team'
),

centre as (
    {{ hidden_counts('centre_groups', 'window_kind, window_start, group_kind', ['row_key']) }}
),

teams as (
    {{ hidden_counts('team_groups', 'window_kind, window_start, group_kind', ['row_key', 'column_key']) }}
),

protected as (
    select * from centre
    union all
    select * from teams
)

select
    window_kind,
    window_start,
    is_current,
    grain,
    row_key as entity_id,
    group_kind,
    column_key as group_name,
    case when not is_hidden then cast(people as bigint) end as people,
    case when not is_hidden then cast(sessions as bigint) end as sessions,
    case when not is_hidden then round(minutes, 6) end as minutes,
    case when not is_hidden then round(minutes / nullif(people, 0), 6) end as minutes_per_person,
    case when not is_hidden then round(proactive / nullif(cast(known as double), 0e0), 9) end as proactive_share,
    is_hidden
from protected
where group_people >= least
