with span as (
    select * from {{ ref('int_data_span') }}
),

-- a plan may reach into days that have not happened yet; nobody is absent from those
planned as (
    select attendance.*
    from {{ ref('int_attendance') }} as attendance
    inner join span on attendance.day between span.first_day and span.last_day
),

handled as (
    select
        entity_id as agent_id,
        day,
        contacts_handled_o as contacts,
        case when average_handle_time_n > 0 then average_handle_time_o / 60e0 end as minutes
    from {{ ref('int_contact_day') }}
    where grain = 'agent'
),

due as (
    select
        planned.*,
        planned.scheduled_minutes - planned.approved_leave_minutes as due_minutes,
        -- no contact is no handle time; contacts whose times are not delivered say nothing
        case when coalesce(handled.contacts, 0e0) > 0 then handled.minutes else 0e0 end as handle_minutes
    from planned
    left join handled on planned.agent_id = handled.agent_id and planned.day = handled.day
)

select
    agent_id,
    day,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue,
    cast(null as varchar) as reason,
    cast(null as varchar) as segment,
    scheduled_minutes,
    approved_leave_minutes,
    due_minutes,
    worked_minutes,
    case when worked_minutes is not null then least(worked_minutes, due_minutes) end as present_minutes,
    case when adherent_minutes is not null then least(adherent_minutes, due_minutes) end as adherent_minutes,
    available_minutes,
    handle_minutes,
    status,
    case
        when worked_minutes < due_minutes then due_minutes - worked_minutes
        when worked_minutes is not null then 0e0
    end as missing_minutes,
    -- a day that approved leave explains is neither, whatever the source calls it
    coalesce(status = 'late' and due_minutes > 0e0 and (approved_leave_minutes = 0e0 or worked_minutes < due_minutes), false) as is_late,
    coalesce(status = 'absent' and due_minutes > 0e0, false) as is_absent
from due
