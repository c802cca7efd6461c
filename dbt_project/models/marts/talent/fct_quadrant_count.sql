-- A reader knows the size of every group and, for teams, the centre's counts as totals along a quadrant.
with centre_counts as (
    select * from {{ ref('int_quadrant_count') }}
    where grain = 'centre'
),

team_counts as (
    select * from {{ ref('int_quadrant_count') }}
    where grain = 'team'
),

centre as (
    {{ hidden_counts('centre_counts', 'window_kind, window_start', ['row_key']) }}
),

teams as (
    {{ hidden_counts('team_counts', 'window_kind, window_start', ['row_key', 'column_key']) }}
),

protected as (
    select * from centre
    union all
    select * from teams
)

select
    window_kind,
    window_start,
    grain,
    row_key as entity_id,
    column_key as quadrant,
    case when not is_hidden then cast(people as bigint) end as people,
    is_hidden,
    cast(group_people as bigint) as group_people
from protected
where group_people >= least
