with months as (
    select
        days.agent_id,
        membership.team_id,
        cast(date_trunc('month', days.day) as date) as month_start,
        sum(days.contacts) as contacts,
        sum(days.short_contacts) as short_contacts,
        sum(days.handle_seconds) as handle_seconds,
        sum(days.handle_seconds_without_short) as handle_seconds_without_short
    from {{ ref('int_handling_day') }} as days
    left join {{ ref('int_membership') }} as membership
        on days.agent_id = membership.agent_id
        and days.day >= membership.from_day
        and days.day < membership.until_day
    group by days.agent_id, membership.team_id, cast(date_trunc('month', days.day) as date)
),

entities as (
    select
        case
            when grouping(months.agent_id) = 0 then 'agent' when grouping(months.team_id) = 0 then 'team' else 'centre'
        end as grain,
        case
            when grouping(months.agent_id) = 0 then months.agent_id
            when grouping(months.team_id) = 0 then months.team_id
            else 'centre'
        end as entity_id,
        windows.window_kind,
        windows.window_start,
        sum(months.contacts) as contacts,
        sum(months.short_contacts) as short_contacts,
        sum(months.handle_seconds) as handle_seconds,
        sum(months.handle_seconds_without_short) as handle_seconds_without_short
    from months
    inner join {{ ref('int_window_month') }} as windows
        on months.month_start = windows.month_start and windows.window_kind <> 'month'
    group by grouping sets (
        (windows.window_kind, windows.window_start),
        (windows.window_kind, windows.window_start, months.team_id),
        (windows.window_kind, windows.window_start, months.agent_id)
    )
),

shares as (
    select
        entities.*,
        round(entities.short_contacts / cast(entities.contacts as double), 9) as short_share,
        rules.short_call_share_limit
    from entities
    inner join {{ ref('int_rule') }} as rules
        on entities.window_kind = rules.window_kind and entities.window_start = rules.window_start
    where entities.entity_id is not null
)

select
    grain,
    entity_id,
    window_kind,
    window_start,
    cast(contacts as bigint) as contacts,
    cast(short_contacts as bigint) as short_contacts,
    short_share,
    round(handle_seconds / contacts, 9) as handle_seconds,
    round(handle_seconds_without_short / nullif(contacts - short_contacts, 0), 9) as handle_seconds_without_short,
    short_share > short_call_share_limit as is_shown
from shares
