{%- set reasons = [
    'asked', 'complaint', 'plan_slipping', 'plan_due', 'new_starter', 'priority', 'overdue', 'recognition'
] -%}
-- Every reason is a question of its own; the first that holds leads. Nobody waits for want of a file: without a coaching log
-- nothing is said about how long ago a talk was.
with span as (
    select * from {{ ref('int_data_span') }}
),

people as (
    select
        agents.agent_id,
        agents.team_id,
        agents.tenure_days,
        agents.first_day,
        span.last_day,
        teams.leader,
        exists(select 1 from {{ ref('stg_coaching_log') }}) as has_log
    from {{ ref('dim_agent') }} as agents
    cross join span
    inner join {{ ref('dim_team') }} as teams on agents.team_id = teams.team_id
    where agents.is_current
),

talks as (
    select
        agent_id,
        max(held_on) as last_held_on
    from {{ ref('int_session_agent') }}
    group by agent_id
),

asked as (
    select agent_id from {{ ref('fct_agent_response') }}
    where is_open
    group by agent_id
),

complaints as (
    select
        agent_id,
        max(cast(received_at as date)) as received_on
    from {{ ref('fct_coaching_evidence') }}
    where source = 'complaint' and verdict = 'justified' and is_recent
    group by agent_id
),

plans as (
    select
        plans.agent_id,
        bool_or(plans.is_open and progress.state = 'slipping') as is_slipping,
        bool_or(plans.is_open and plans.days_left <= {{ rule_now('plan_due_days') }}) as is_due,
        -- the newest session's own goal cannot have been praised in that session
        bool_or(plans.status = 'achieved' and (plans.is_latest_session or plans.status_on > talks.last_held_on)) as is_achieved
    from {{ ref('fct_coaching_plan') }} as plans
    inner join talks on plans.agent_id = talks.agent_id
    left join {{ ref('fct_coaching_progress') }} as progress
        on plans.coaching_id = progress.coaching_id and plans.goal_number = progress.goal_number
    group by plans.agent_id
),

priorities as (
    select
        focus.agent_id,
        arg_min(focus.form, focus.position) as form
    from {{ ref('fct_coaching_focus') }} as focus
    left join {{ ref('fct_coaching_plan') }} as plans
        on focus.agent_id = plans.agent_id and focus.kpi_id = plans.kpi_id and plans.is_open
    where focus.is_current and focus.role = 'priority' and plans.agent_id is null
    group by focus.agent_id
),

-- the months after a talk, when they went better than was to be expected anyway
improved as (
    select
        agent_id,
        max(cast(coaching_month + (months_after + 1) * interval '1 month' - interval '1 day' as date)) as until_day
    from {{ ref('fct_agent_change') }}
    where finding = 'above_expectation'
    group by agent_id
),

windows as (
    select
        window_kind,
        window_start
    from {{ ref('int_window') }}
    where is_current
),

tiers as (
    select
        agent_id,
        tier
    from {{ ref('fct_tier') }}
    where is_current
),

quadrants as (
    select
        quadrants.agent_id,
        quadrants.quadrant
    from {{ ref('fct_quadrant') }} as quadrants
    inner join windows
        on quadrants.window_kind = windows.window_kind and quadrants.window_start = windows.window_start
),

questions as (
    select
        people.*,
        talks.last_held_on,
        -- a talk after the last delivered contact was today
        case when talks.last_held_on is not null then greatest(0, people.last_day - talks.last_held_on) end as days_since_last,
        people.last_day - coalesce(talks.last_held_on, people.first_day) as days_waiting,
        tiers.tier,
        quadrants.quadrant,
        priorities.form as priority_form,
        asked.agent_id is not null as is_asked,
        complaints.received_on > coalesce(talks.last_held_on, cast('0001-01-01' as date)) as is_complaint,
        plans.is_slipping as is_plan_slipping,
        plans.is_due as is_plan_due,
        people.has_log and people.tenure_days <= {{ rule_now('grace_days') }} as is_in_grace,
        priorities.agent_id is not null as is_priority,
        plans.is_achieved or improved.until_day >= talks.last_held_on as is_recognition
    from people
    left join talks on people.agent_id = talks.agent_id
    left join asked on people.agent_id = asked.agent_id
    left join complaints on people.agent_id = complaints.agent_id
    left join plans on people.agent_id = plans.agent_id
    left join priorities on people.agent_id = priorities.agent_id
    left join improved on people.agent_id = improved.agent_id
    left join tiers on people.agent_id = tiers.agent_id
    left join quadrants on people.agent_id = quadrants.agent_id
),

answers as (
    select
        *,
        is_in_grace and days_waiting > {{ rule_now('coaching_gap_days_new') }} as is_new_starter,
        has_log and days_waiting > {{ rule_now('coaching_gap_days') }} as is_overdue
    from questions
),

reasoned as (
    select
        *,
        concat_ws(
            ',',
            {%- for reason in reasons %}
            case when is_{{ reason }} then '{{ reason }}' end{{ "," if not loop.last }}
            {%- endfor %}
        ) as found
    from answers
),

led as (
    select
        *,
        case when found = '' then 'routine' else found end as reasons,
        case when found = '' then 'routine' else split_part(found, ',', 1) end as main_reason
    from reasoned
),

ordered as (
    select
        *,
        row_number() over (
            partition by team_id
            order by
                list_position({{ reasons + ['routine'] }}, main_reason),
                -- who was never talked to has waited longest
                coalesce(days_since_last, 1000000) desc,
                agent_id
        ) as position,
        cast(case
            when main_reason in ('recognition', 'routine') or coalesce(quadrant = 'restart', false)
                then {{ rule_now('coaching_minutes_short') }}
            else {{ rule_now('coaching_minutes_one_to_one') }}
        end as bigint) as minutes_suggested
    from led
),

-- a leader of several teams has the hours once
hours as (
    select
        teams.team_id,
        {{ rule_now('coaching_hours_per_week') }}
        / count(*) over (partition by coalesce('leader ' || teams.leader, 'team ' || teams.team_id)) as hours_available
    from (
        select
            team_id,
            max(leader) as leader
        from people
        group by team_id
    ) as teams
),

added as (
    select
        ordered.*,
        cast(sum(ordered.minutes_suggested) over (
            partition by ordered.team_id
            order by ordered.position
            rows between unbounded preceding and current row
        ) as bigint) as minutes_cumulative,
        hours.hours_available
    from ordered
    inner join hours on ordered.team_id = hours.team_id
)

select
    team_id,
    agent_id,
    position,
    main_reason,
    reasons,
    tier,
    quadrant,
    last_held_on,
    cast(days_since_last as bigint) as days_since_last,
    minutes_suggested,
    minutes_cumulative,
    round(hours_available, 9) as hours_available,
    minutes_cumulative <= round(hours_available * 60e0, 6) as is_within_hours,
    case when main_reason = 'priority' then coalesce(priority_form, 'one_to_one') else 'one_to_one' end as form
from added
