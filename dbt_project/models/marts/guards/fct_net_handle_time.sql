with months as (
    select
        membership.team_id,
        cast(date_trunc('month', days.day) as date) as month_start,
        sum(days.issues) as issues,
        sum(days.resolved_issues) as resolved_issues,
        sum(days.contacts) as contacts,
        sum(days.handle_seconds) as handle_seconds
    from {{ ref('int_issue_day') }} as days
    left join {{ ref('int_membership') }} as membership
        on days.agent_id = membership.agent_id
        and days.day >= membership.from_day
        and days.day < membership.until_day
    group by membership.team_id, cast(date_trunc('month', days.day) as date)
),

entities as (
    select
        case when grouping(months.team_id) = 0 then 'team' else 'centre' end as grain,
        case when grouping(months.team_id) = 0 then months.team_id else 'centre' end as entity_id,
        windows.window_kind,
        windows.window_start,
        sum(months.issues) as issues,
        sum(months.resolved_issues) as resolved_issues,
        sum(months.contacts) as contacts,
        sum(months.handle_seconds) as handle_seconds
    from months
    inner join {{ ref('int_window_month') }} as windows on months.month_start = windows.month_start
    group by grouping sets (
        (windows.window_kind, windows.window_start),
        (windows.window_kind, windows.window_start, months.team_id)
    )
)

select
    grain,
    entity_id,
    window_kind,
    window_start,
    cast(issues as bigint) as issues,
    cast(resolved_issues as bigint) as resolved_issues,
    cast(contacts as bigint) as contacts,
    round(contacts / cast(issues as double), 9) as contacts_per_issue,
    round(handle_seconds / contacts, 9) as handle_seconds_per_contact,
    round(handle_seconds / nullif(resolved_issues, 0), 9) as handle_seconds_per_resolved_issue
from entities
-- without delivered handle times there is nothing to add up
where entity_id is not null and handle_seconds > 0e0
