{%- set z = var('interval_z') ~ 'e0' -%}
with windows as (
    select * from {{ ref('int_window') }}
    where is_current
),

skills as (
    select * from {{ ref('int_need_skill') }}
    where span = 'window'
),

courses as (
    select
        training.agent_id,
        training.dimension,
        max(training.day) filter (where training.absence is null) as attended_on
    from {{ ref('stg_training') }} as training
    inner join {{ ref('int_data_span') }} as span
        on training.day <= span.last_day
        and training.day > span.last_day - cast({{ rule_now('training_memory_days') }} as integer)
    where training.dimension is not null
    group by training.agent_id, training.dimension
),

taught as (
    select dimension from courses
    group by dimension
),

-- everybody once in each entity they belong to; '' = people without a team, who are no team
members as (
    select
        'centre' as grain,
        'centre' as entity_id,
        agent_id,
        dimension,
        items,
        misses,
        lost_points
    from skills
    union all
    select
        'team' as grain,
        coalesce(team_id, '') as entity_id,
        agent_id,
        dimension,
        items,
        misses,
        lost_points
    from {{ ref('int_need_item') }}
    where span = 'window'
    union all
    select
        'agent' as grain,
        agent_id as entity_id,
        agent_id,
        dimension,
        items,
        misses,
        lost_points
    from skills
),

totals as (
    select
        dimension,
        cast(sum(items) as double) as centre_items,
        cast(sum(misses) as double) as centre_misses
    from skills
    group by dimension
),

overall as (
    select round(sum(misses) / nullif(cast(sum(items) as double), 0e0), 9) as overall_share
    from skills
),

sums as (
    select
        members.grain,
        members.entity_id,
        members.dimension,
        max(overall.overall_share) as overall_share,
        cast(sum(members.items) as double) as items,
        cast(sum(members.misses) as double) as misses,
        sum(members.lost_points) as lost_points,
        count(*) as people,
        count(*) filter (where skills.steadied_share > overall.overall_share) as people_above,
        count(*) filter (where skills.is_short) as short_count,
        count(courses.attended_on) as attended,
        max(courses.attended_on) as last_course_on
    from members
    cross join overall
    inner join skills on members.agent_id = skills.agent_id and members.dimension = skills.dimension
    left join courses on members.agent_id = courses.agent_id and members.dimension = courses.dimension
    group by members.grain, members.entity_id, members.dimension
),

measured as (
    select
        sums.*,
        round(sums.misses / sums.items, 9) as miss_share,
        round({{ wilson_low('misses', 'items', z) }}, 9) as interval_low,
        round({{ wilson_high('misses', 'items', z) }}, 9) as interval_high,
        round((totals.centre_misses - sums.misses) / nullif(totals.centre_items - sums.items, 0e0), 9) as others_miss_share
    from sums
    inner join totals on sums.dimension = totals.dimension
),

judged as (
    select
        *,
        items >= case when grain = 'agent' then {{ var('judge_min_observations') }} else {{ rule_now('min_reference_n') }} end as is_enough,
        miss_share > overall_share as is_above,
        interval_low > overall_share
        and people_above >= {{ rule_now('training_need_share') }} * people as is_common
    from measured
),

-- everywhere: in most teams too; without a team that can be judged, the people alone decide
spread_out as (
    select
        dimension,
        count(*) filter (where grain = 'team' and entity_id <> '' and is_enough) as teams,
        count(*) filter (where grain = 'team' and entity_id <> '' and is_enough and is_above) as teams_above,
        bool_or(is_common and is_enough) filter (where grain = 'centre') as is_common_in_centre
    from judged
    group by dimension
),

shared as (
    select
        judged.*,
        spread_out.is_common_in_centre
        and spread_out.teams_above >= {{ rule_now('training_need_share') }} * spread_out.teams as is_centre_wide
    from judged
    inner join spread_out on judged.dimension = spread_out.dimension
),

trained_teams as (
    select
        entity_id as team_id,
        dimension
    from shared
    where grain = 'team' and entity_id <> '' and is_enough and is_common
),

in_trained_team as (
    select
        members.agent_id,
        members.dimension
    from members
    inner join trained_teams on members.entity_id = trained_teams.team_id and members.dimension = trained_teams.dimension
    where members.grain = 'team'
    group by members.agent_id, members.dimension
),

worded as (
    select
        shared.*,
        case
            when not shared.is_enough then 'too_few'
            when shared.grain = 'agent' and shared.short_count > 0 then 'coach'
            when shared.grain = 'agent' and shared.people_above > 0
                and (shared.is_centre_wide or in_trained_team.agent_id is not null) then 'train'
            when shared.grain = 'centre' and shared.is_centre_wide then 'train'
            when shared.grain = 'team' and (shared.is_common or (shared.is_centre_wide and shared.is_above)) then 'train'
            when shared.short_count > 0 then 'coach'
            else 'none'
        end as verdict
    from shared
    left join in_trained_team
        on shared.grain = 'agent'
        and shared.entity_id = in_trained_team.agent_id and shared.dimension = in_trained_team.dimension
),

-- so that a small count can neither be read nor worked out from the centre's and the other teams'
counts as (
    select
        dimension,
        entity_id as row_key,
        'people_short' as column_key,
        short_count as people,
        cast({{ rule_now('group_min_people') }} as bigint) as least
    from shared
    where grain = 'team'
),

hidden as (
    {{ suppressed('counts', 'dimension', ['column_key']) }}
)

select
    windows.window_kind,
    windows.window_start,
    worded.grain,
    worded.entity_id,
    worded.dimension,
    cast(row_number() over (
        partition by worded.grain, worded.entity_id
        order by round(worded.lost_points, 6) desc, worded.misses desc, worded.dimension
    ) as bigint) as position,
    cast(worded.items as bigint) as items,
    cast(worded.misses as bigint) as misses,
    worded.miss_share,
    worded.interval_low,
    worded.interval_high,
    worded.others_miss_share,
    cast(case when worded.grain <> 'agent' then worded.people end as bigint) as people,
    cast(case
        when worded.grain = 'agent' or hidden.is_hidden then null
        when worded.grain = 'centre' and worded.short_count between 1 and {{ rule_now('group_min_people') }} - 1 then null
        else worded.short_count
    end as bigint) as people_short,
    cast(case when taught.dimension is not null then worded.attended end as bigint) as course_people,
    worded.last_course_on,
    worded.verdict
from worded
cross join windows
left join taught on worded.dimension = taught.dimension
left join hidden
    on worded.grain = 'team' and worded.entity_id = hidden.row_key and worded.dimension = hidden.dimension
where worded.entity_id <> ''
