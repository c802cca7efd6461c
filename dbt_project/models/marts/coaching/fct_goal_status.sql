-- Agreed on the day of the session, then every review in the order of its days. What the log alone says has no day of its own:
-- it counts where it goes further than any review, from the day of the step before, the earliest on which it can have come true.
{%- set closed = "('achieved', 'revised')" %}
with agreed as (
    select * from {{ ref('stg_coaching_log') }}
),

reviews as (
    select reviews.*
    from {{ ref('stg_goal_reviews') }} as reviews
    inner join agreed
        on reviews.coaching_id = agreed.coaching_id and reviews.goal_number = agreed.goal_number
    where reviews.reviewed_on >= agreed.held_on
),

reviewed as (
    select
        coaching_id,
        goal_number,
        max(reviewed_on) as newest_on,
        bool_or(status in {{ closed }}) as is_closed
    from reviews
    group by coaching_id, goal_number
),

steps as (
    select
        coaching_id,
        goal_number,
        1 as kind,
        held_on as status_on,
        'agreed' as status,
        cast(null as varchar) as note,
        cast(null as varchar) as changed_method,
        cast(null as varchar) as reviewer
    from agreed
    union all
    select
        coaching_id,
        goal_number,
        2 as kind,
        reviewed_on as status_on,
        status,
        note,
        changed_method,
        reviewer
    from reviews
    union all
    select
        agreed.coaching_id,
        agreed.goal_number,
        3 as kind,
        coalesce(reviewed.newest_on, agreed.held_on) as status_on,
        agreed.status,
        cast(null as varchar) as note,
        cast(null as varchar) as changed_method,
        cast(null as varchar) as reviewer
    from agreed
    left join reviewed on agreed.coaching_id = reviewed.coaching_id and agreed.goal_number = reviewed.goal_number
    where case when reviewed.newest_on is null then agreed.status <> 'agreed'
        else agreed.status in {{ closed }} and not reviewed.is_closed end
)

select
    coaching_id,
    cast(goal_number as bigint) as goal_number,
    cast(row_number() over (partition by coaching_id, goal_number order by kind, status_on) as bigint) as position,
    status_on,
    status,
    {{ without_long_numbers('note') }} as note,
    {{ without_long_numbers('changed_method') }} as changed_method,
    reviewer
from steps
