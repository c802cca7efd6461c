with facts as (
    select
        window_kind,
        window_start,
        agent_id,
        'skill' as cause,
        'items_missed' as fact,
        detail,
        cast(null as varchar) as kpi_id,
        speaks,
        amount,
        comparison,
        'share' as unit,
        n
    from {{ ref('int_focus_skill') }}
    union all
    select
        window_kind,
        window_start,
        agent_id,
        'skill' as cause,
        'course_not_taken' as fact,
        detail,
        cast(null as varchar) as kpi_id,
        speaks,
        amount,
        comparison,
        'share' as unit,
        n
    from {{ ref('int_focus_course') }}
    union all
    select
        window_kind,
        window_start,
        agent_id,
        'workload' as cause,
        fact,
        detail,
        case fact when 'occupancy' then 'occupancy' when 'long_handling' then 'average_handle_time' end as kpi_id,
        speaks,
        amount,
        comparison,
        unit,
        n
    from {{ ref('int_focus_workload') }}
    union all
    select
        window_kind,
        window_start,
        agent_id,
        'personal' as cause,
        'broad_change' as fact,
        detail,
        cast(null as varchar) as kpi_id,
        speaks,
        amount,
        comparison,
        'points' as unit,
        n
    from {{ ref('int_focus_change') }}
    union all
    select
        window_kind,
        window_start,
        agent_id,
        'job_fit' as cause,
        'uneven_work' as fact,
        detail,
        kpi_id,
        speaks,
        amount,
        comparison,
        case
            when kpi_id in (
                select kpi_id from {{ ref('dim_kpi') }}
                where unit = 'points'
            ) then 'points'
            else 'share'
        end as unit,
        n
    from {{ ref('int_focus_job_fit') }}
)

select
    facts.window_kind,
    facts.window_start,
    people.is_current,
    facts.agent_id,
    facts.cause,
    facts.fact,
    facts.detail,
    facts.kpi_id,
    facts.speaks,
    round(facts.amount, 9) as amount,
    round(facts.comparison, 9) as comparison,
    facts.unit,
    cast(facts.n as bigint) as n
from facts
inner join {{ ref('int_focus_person') }} as people
    on facts.window_kind = people.window_kind
    and facts.window_start = people.window_start
    and facts.agent_id = people.agent_id
