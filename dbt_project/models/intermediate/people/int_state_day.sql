{% set leave = "activity = 'leave'" -%}
{% set absent = "activity = 'absent'" -%}
{% set signed_in = "activity = 'signed_in'" -%}
with states as (
    select
        states.agent_id,
        states.day,
        states.is_planned,
        states.minutes,
        meaning.activity,
        -- a meal is the person's own time unless the source pays it; everything else at work is paid unless the source does not
        meaning.activity in ('contact', 'available', 'off_phone', 'break', 'training', 'meeting', 'meal')
        and coalesce(states.is_paid, meaning.activity <> 'meal') as is_work,
        meaning.activity <> 'signed_in' and not coalesce(states.is_paid, meaning.activity <> 'meal') as is_unpaid
    from {{ ref('stg_agent_states') }} as states
    left join {{ ref('int_agent_state_meaning') }} as meaning
        on states.state = meaning.state and states.day >= meaning.valid_from and states.day < meaning.valid_until
),

sums as (
    select
        agent_id,
        day,
        count(*) filter (where is_planned) as planned_states,
        count(*) filter (where is_planned and activity is null) as planned_unknown,
        coalesce(sum(minutes) filter (where is_planned and (is_work or {{ leave }} or {{ absent }} or {{ signed_in }})), 0e0)
            as planned_minutes,
        coalesce(sum(minutes) filter (where is_planned and {{ leave }}), 0e0) as planned_leave,
        coalesce(sum(minutes) filter (where is_planned and {{ absent }}), 0e0) as planned_absence,
        count(*) filter (where not is_planned) as facts,
        count(*) filter (where not is_planned and activity is null) as facts_unknown,
        sum(minutes) filter (where not is_planned and {{ signed_in }}) as signed_in_minutes,
        coalesce(sum(minutes) filter (where not is_planned and is_work), 0e0) as work_minutes,
        coalesce(sum(minutes) filter (where not is_planned and is_unpaid), 0e0) as unpaid_minutes,
        coalesce(sum(minutes) filter (where not is_planned and {{ leave }}), 0e0) as leave_minutes,
        coalesce(sum(minutes) filter (where not is_planned and {{ absent }}), 0e0) as absence_minutes,
        coalesce(sum(minutes) filter (where not is_planned and activity = 'available'), 0e0) as available_minutes,
        count(*) filter (where not is_planned and activity = 'available') as available_states
    from states
    group by agent_id, day
),

-- what the exports of a day tell at all, of anybody
told as (
    select
        day,
        sum(facts) > 0 as has_facts,
        sum(available_states) > 0 as has_availability
    from sums
    group by day
),

-- a sum of which a part has no meaning is not known
known as (
    select
        sums.agent_id,
        sums.day,
        case
            when sums.planned_states > 0 and sums.planned_unknown = 0 then least(sums.planned_minutes, 1440e0)
        end as scheduled_minutes,
        greatest(sums.planned_leave, sums.leave_minutes) as leave_minutes,
        greatest(sums.planned_absence, sums.absence_minutes) as absence_minutes,
        case
            -- other states are kept while signed in, so an unpaid one lies within
            when sums.signed_in_minutes is not null
                then least(greatest(sums.signed_in_minutes - sums.unpaid_minutes, 0e0), 1440e0)
            when sums.facts > 0 and sums.facts_unknown = 0 then least(sums.work_minutes, 1440e0)
            -- the plan says absent, and the facts of that day hold nothing of this person
            when sums.facts = 0 and told.has_facts and sums.planned_absence >= sums.planned_minutes - sums.planned_leave
                and sums.planned_absence > 0e0 and sums.planned_unknown = 0
                then 0e0
        end as worked_minutes,
        case when sums.facts > 0 and sums.facts_unknown = 0 and told.has_availability then sums.available_minutes end
            as available_minutes,
        sums.planned_unknown + sums.facts_unknown as unknown_states
    from sums
    inner join told on sums.day = told.day
),

due as (
    select
        *,
        -- time outside the plan cannot be approved leave
        least(leave_minutes, scheduled_minutes) as approved_leave_minutes
    from known
)

select
    agent_id,
    day,
    scheduled_minutes,
    approved_leave_minutes,
    worked_minutes,
    cast(null as double) as adherent_minutes,
    available_minutes,
    case
        when scheduled_minutes = 0e0 then 'off'
        when approved_leave_minutes >= scheduled_minutes then 'leave'
        when worked_minutes > 0e0 then 'present'
        when absence_minutes >= scheduled_minutes - approved_leave_minutes then 'absent'
    end as status,
    cast(unknown_states as bigint) as unknown_states
from due
