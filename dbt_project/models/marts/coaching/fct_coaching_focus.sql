-- what is said of how somebody works has no bearing on whether they were there as planned
with bearing as (
    select
        choices.window_kind,
        choices.window_start,
        choices.agent_id,
        choices.kpi_id,
        facts.cause
    from {{ ref('int_focus_choice') }} as choices
    inner join {{ ref('fct_coaching_cause') }} as facts
        on choices.window_kind = facts.window_kind
        and choices.window_start = facts.window_start
        and choices.agent_id = facts.agent_id
        and facts.speaks = 'for'
    inner join {{ ref('dim_kpi') }} as kpi on choices.kpi_id = kpi.kpi_id
    where choices.role = 'priority' and not (kpi.source_table = 'workdays' and facts.cause in ('skill', 'job_fit'))
),

causes as (
    select
        window_kind,
        window_start,
        agent_id,
        kpi_id,
        -- one cause with something for it, and no other: else nobody knows yet
        case when count(distinct cause) = 1 then min(cause) else 'unknown' end as cause
    from bearing
    group by window_kind, window_start, agent_id, kpi_id
),

topics as (
    select
        window_kind,
        window_start,
        team_id,
        error_type
    from {{ ref('fct_group_topic') }}
    where verdict = 'team'
),

chosen as (
    select
        choices.*,
        windows.is_current,
        case when choices.role = 'priority' then coalesce(causes.cause, 'unknown') end as cause,
        topics.error_type is not null as is_team_topic,
        kinds.practice
    from {{ ref('int_focus_choice') }} as choices
    inner join {{ ref('int_window') }} as windows
        on choices.window_kind = windows.window_kind and choices.window_start = windows.window_start
    left join causes
        on choices.window_kind = causes.window_kind
        and choices.window_start = causes.window_start
        and choices.agent_id = causes.agent_id
        and choices.kpi_id = causes.kpi_id
    left join topics
        on choices.window_kind = topics.window_kind
        and choices.window_start = topics.window_start
        and choices.team_id = topics.team_id
        and choices.error_type = topics.error_type
    left join {{ ref('error_types') }} as kinds on choices.error_type = kinds.error_type
),

formed as (
    select
        *,
        case
            when role <> 'priority' then null
            when cause = 'personal' then 'personal_matter'
            when is_team_topic then 'team_shares_it'
            when practice = 'simulation' and cause = 'skill' then 'practise_it'
            else 'own_matter'
        end as form_reason
    from chosen
)

-- adding nothing turns a zero that is signed into a plain one
select
    window_kind,
    window_start,
    is_current,
    agent_id,
    team_id,
    role,
    cast(position as bigint) as position,
    subject,
    kpi_id,
    item,
    dimension,
    error_type,
    cast(n as bigint) as n,
    compared_with,
    round(value, 9) as value,
    round(steadied_value, 9) as steadied_value,
    round(steadied_low, 9) as steadied_low,
    round(steadied_high, 9) as steadied_high,
    round(target, 9) as target,
    round(gap, 9) + 0e0 as gap,
    round(gap_centre, 9) + 0e0 as gap_centre,
    round(gap_team, 9) + 0e0 as gap_team,
    round(gap_agent, 9) + 0e0 as gap_agent,
    round(shared_share, 9) + 0e0 as shared_share,
    probability,
    cast(misses as bigint) as misses,
    cause,
    case form_reason
        when 'team_shares_it' then 'group'
        when 'practise_it' then 'simulation'
        when 'own_matter' then 'one_to_one'
        when 'personal_matter' then 'one_to_one'
    end as form,
    form_reason
from formed
