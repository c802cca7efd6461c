with {{ person_periods(
    [
        'planned_days', 'due_minutes', 'worked_minutes', 'handle_minutes', 'available_minutes', 'late_days', 'absent_days',
    ],
    'planned_days is not null',
) }},

hours as (
    select
        sums.*,
        sums.due_minutes / 60e0 as due_hours,
        sums.worked_minutes / 60e0 as worked_hours,
        sums.handle_minutes / 60e0 as handle_hours,
        sums.available_minutes / 60e0 as available_hours,
        round(sums.handle_minutes / nullif(sums.handle_minutes + sums.available_minutes, 0e0), 9) as occupancy,
        rules.occupancy_warning,
        rules.attendance_min_hours
    from sums
    inner join {{ ref('int_period_rule') }} as rules
        on sums.period_kind = rules.period_kind and sums.period_start = rules.period_start
)

select
    grain,
    entity_id,
    period_kind,
    period_start,
    cast(planned_days as bigint) as planned_days,
    round(due_hours, 6) as due_hours,
    round(worked_hours, 6) as worked_hours,
    case
        when round(due_hours, 6) >= attendance_min_hours then round(worked_hours / nullif(due_hours, 0e0), 9)
    end as conformance,
    round(handle_hours, 6) as handle_hours,
    round(available_hours, 6) as available_hours,
    occupancy,
    occupancy_warning,
    coalesce(occupancy > occupancy_warning, false) as is_warning,
    cast(late_days as bigint) as late_days,
    cast(absent_days as bigint) as absent_days
from hours
