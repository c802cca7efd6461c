-- Facts for and against the amount of work: how busy, how far beyond plan, how long the handling takes.
with people as (
    select * from {{ ref('int_focus_person') }}
),

loads as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        own.occupancy,
        own.occupancy_warning,
        own.worked_hours - own.due_hours as hours_beyond,
        own.planned_days,
        centre.occupancy as centre_occupancy
    from people
    left join {{ ref('fct_workload') }} as own
        on own.grain = 'agent'
        and people.window_kind = own.period_kind
        and people.window_start = own.period_start
        and people.agent_id = own.entity_id
    left join {{ ref('fct_workload') }} as centre
        on centre.grain = 'centre'
        and people.window_kind = centre.period_kind
        and people.window_start = centre.period_start
),

colleagues as (
    select
        period_kind as window_kind,
        period_start as window_start,
        sum(worked_hours - due_hours) as hours_beyond,
        count(worked_hours - due_hours) as people
    from {{ ref('fct_workload') }}
    where grain = 'agent'
    group by period_kind, period_start
),

beside as (
    select
        loads.*,
        (colleagues.hours_beyond - loads.hours_beyond) / nullif(colleagues.people - 1, 0) as other_hours_beyond
    from loads
    left join colleagues
        on loads.window_kind = colleagues.window_kind and loads.window_start = colleagues.window_start
),

handling as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        people.is_low,
        posterior.steadied_value,
        {{ natural_value('posterior.family', 'posterior.centre_value', 'posterior.mu') }} as peer_value,
        posterior.n,
        (posterior.steadied_y - posterior.mu) / nullif(sqrt(posterior.steadied_variance), 0e0) as z_longer
    from people
    left join {{ ref('int_posterior') }} as posterior
        on posterior.kpi_id = 'average_handle_time'
        and people.window_kind = posterior.window_kind
        and people.window_start = posterior.window_start
        and people.agent_id = posterior.agent_id
),

handled as (
    select
        *,
        round({{ norm_cdf('z_longer') }}, 9) >= {{ rule_now('focus_sure') }} as is_longer
    from handling
)

select
    window_kind,
    window_start,
    agent_id,
    'occupancy' as fact,
    '' as detail,
    case
        when occupancy is null then 'not_delivered'
        when occupancy > occupancy_warning then 'for'
        else 'against'
    end as speaks,
    occupancy as amount,
    centre_occupancy as comparison,
    'share' as unit,
    planned_days as n
from beside
union all
select
    window_kind,
    window_start,
    agent_id,
    'hours_beyond_plan' as fact,
    '' as detail,
    case
        when hours_beyond is null then 'not_delivered'
        -- beyond the plan, and further than colleagues are
        when round(hours_beyond, 6) > greatest(0e0, coalesce(round(other_hours_beyond, 6), 0e0)) then 'for'
        else 'against'
    end as speaks,
    hours_beyond as amount,
    other_hours_beyond as comparison,
    'hours' as unit,
    planned_days as n
from beside
union all
-- long handling says something about the load of who needs support; of others it says nothing
select
    window_kind,
    window_start,
    agent_id,
    'long_handling' as fact,
    'average_handle_time' as detail,
    case
        when steadied_value is null then 'not_delivered'
        when coalesce(is_longer, false) then 'for'
        else 'against'
    end as speaks,
    steadied_value as amount,
    peer_value as comparison,
    'seconds' as unit,
    n
from handled
where is_low or not coalesce(is_longer, false)
