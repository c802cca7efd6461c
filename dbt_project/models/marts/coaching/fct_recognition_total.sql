with totals as (
    select
        window_kind,
        window_start,
        is_current,
        agent_id,
        max(team_id) as team_id,
        sum(points) as points,
        max(earned_on) as last_earned_on
    from {{ ref('fct_recognition') }}
    group by window_kind, window_start, is_current, agent_id
),

named as (
    select
        totals.*,
        coalesce(choices.shows_name, false) as shows_name,
        {{ rule_now('recognition_places') }} = 1 and coalesce(choices.shows_name, false) as has_place
    from totals
    left join {{ ref('fct_recognition_choice') }} as choices on totals.agent_id = choices.agent_id
)

select
    window_kind,
    window_start,
    is_current,
    agent_id,
    team_id,
    round(points, 6) as points,
    last_earned_on,
    shows_name,
    case
        when has_place then rank() over (partition by window_kind, window_start, has_place order by round(points, 6) desc)
    end as place
from named
