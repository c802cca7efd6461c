{% set keep = ['window_kind', 'window_start', 'grain', 'entity_id', 'quadrant', 'group_people', 'is_closed'] -%}
{% set of_group = 'window_kind, window_start, grain, entity_id' -%}
{% set of_quadrant = 'window_kind, window_start, grain, quadrant' -%}
-- Small counts are hidden, and then what would give them away: along a group (its total is shown) and, for teams, along a
-- quadrant (the centre's count is shown). Each pass may open a gap in the other direction, so both run twice; should one
-- still be open, no team of that window shows a count.
with small as (
    select
        *,
        is_closed or people between 1 and least_people - 1 as is_hidden
    from {{ ref('int_quadrant_count') }}
),

pass_1 as (
    {{ hide_complements('small', keep, of_group, 'quadrant') }}
),

pass_2 as (
    {{ hide_complements('pass_1', keep, of_quadrant, 'entity_id') }}
),

pass_3 as (
    {{ hide_complements('pass_2', keep, of_group, 'quadrant') }}
),

pass_4 as (
    {{ hide_complements('pass_3', keep, of_quadrant, 'entity_id') }}
),

totals as (
    select
        *,
        sum({{ one_if('is_hidden and people > 0') }}) over along_group as group_counts,
        sum({{ one_if('is_hidden') }} * people) over along_group as group_hidden,
        sum({{ one_if('is_hidden and people > 0') }}) over along_quadrant as quadrant_counts,
        sum({{ one_if('is_hidden') }} * people) over along_quadrant as quadrant_hidden
    from pass_4
    window
        along_group as (partition by {{ of_group }}),
        along_quadrant as (partition by {{ of_quadrant }})
),

shown_centre as (
    select
        window_kind,
        window_start,
        quadrant
    from pass_4
    where grain = 'centre' and not is_hidden
),

-- a total that is shown with a single count hidden in it, or with fewer people hidden than may be told
open_windows as (
    select
        totals.window_kind,
        totals.window_start
    from totals
    left join shown_centre
        on totals.window_kind = shown_centre.window_kind
        and totals.window_start = shown_centre.window_start
        and totals.quadrant = shown_centre.quadrant
    where totals.grain = 'team' and (
        not totals.is_closed
        and totals.group_counts > 0
        and (totals.group_counts < 2 or totals.group_hidden < totals.least_people)
        or shown_centre.quadrant is not null
        and totals.quadrant_counts > 0
        and (totals.quadrant_counts < 2 or totals.quadrant_hidden < totals.least_people)
    )
    group by totals.window_kind, totals.window_start
)

select
    totals.window_kind,
    totals.window_start,
    totals.grain,
    totals.entity_id,
    totals.quadrant,
    case
        when not (totals.is_hidden or totals.grain = 'team' and open_windows.window_start is not null)
            then cast(totals.people as bigint)
    end as people,
    totals.is_hidden or (totals.grain = 'team' and open_windows.window_start is not null) as is_hidden,
    cast(totals.group_people as bigint) as group_people
from totals
left join open_windows
    on totals.window_kind = open_windows.window_kind and totals.window_start = open_windows.window_start
where totals.group_people >= totals.least_people
