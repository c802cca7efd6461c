with priorities as (
    select
        focus.agent_id,
        focus.dimension
    from {{ ref('fct_coaching_focus') }} as focus
    inner join {{ ref('dim_agent') }} as agents on focus.agent_id = agents.agent_id and agents.is_current
    where focus.is_current and focus.role = 'priority' and focus.dimension is not null
    group by focus.agent_id, focus.dimension
),

mentors as (
    select
        skills.agent_id,
        skills.dimension,
        agents.team_id,
        skills.items,
        skills.miss_share
    from {{ ref('int_need_skill') }} as skills
    inner join {{ ref('dim_agent') }} as agents on skills.agent_id = agents.agent_id and agents.is_current
    inner join {{ ref('fct_recognition_choice') }} as choices on skills.agent_id = choices.agent_id and choices.may_mentor
    left join priorities on skills.agent_id = priorities.agent_id and skills.dimension = priorities.dimension
    where skills.span = 'memory' and skills.is_strong and priorities.agent_id is null
),

pairs as (
    select
        priorities.agent_id,
        priorities.dimension,
        mentors.agent_id as mentor_id,
        coalesce(agents.team_id = mentors.team_id, false) as is_same_team,
        mentors.miss_share,
        mentors.items
    from priorities
    inner join {{ ref('dim_agent') }} as agents on priorities.agent_id = agents.agent_id
    inner join mentors on priorities.dimension = mentors.dimension
),

placed as (
    select
        *,
        row_number() over (
            partition by agent_id, dimension
            order by {{ one_if('is_same_team') }} desc, round(miss_share, 9), mentor_id
        ) as position
    from pairs
)

select
    agent_id,
    dimension,
    cast(position as bigint) as position,
    mentor_id,
    is_same_team,
    round(miss_share, 9) as mentor_miss_share,
    cast(items as bigint) as mentor_items
from placed
where position <= 2
