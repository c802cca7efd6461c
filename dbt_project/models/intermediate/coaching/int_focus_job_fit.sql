-- The kind of work that lies furthest behind the agent's own other work, of all KPIs that weigh.
with people as (
    select * from {{ ref('int_focus_person') }}
),

ranked as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        work.kpi_id,
        work.work,
        work.value,
        work.other_value,
        work.n,
        -- surely worse than in other work and surely behind colleagues, while other work is not behind
        work.p_worse_than_other_work >= {{ rule_now('cause_uneven_sure') }}
        and work.p_behind_colleagues >= {{ rule_now('cause_uneven_sure') }}
        and round(work.other_y, 9) >= 0 as is_uneven,
        row_number() over (
            partition by people.window_kind, people.window_start, people.agent_id
            order by
                work.p_worse_than_other_work >= {{ rule_now('cause_uneven_sure') }}
                and work.p_behind_colleagues >= {{ rule_now('cause_uneven_sure') }}
                and round(work.other_y, 9) >= 0 desc,
                work.p_worse_than_other_work desc,
                work.kpi_position,
                work.work
        ) as place
    from people
    inner join {{ ref('int_focus_work') }} as work
        on people.window_kind = work.window_kind
        and people.window_start = work.window_start
        and people.agent_id = work.agent_id
),

delivered as (
    select
        window_kind,
        window_start
    from {{ ref('int_focus_work') }}
    group by window_kind, window_start
)

select
    people.window_kind,
    people.window_start,
    people.agent_id,
    ranked.kpi_id,
    coalesce(ranked.work, '') as detail,
    case
        when ranked.work is null then 'not_delivered'
        when ranked.is_uneven then 'for'
        else 'against'
    end as speaks,
    ranked.value as amount,
    ranked.other_value as comparison,
    ranked.n
from people
left join ranked
    on people.window_kind = ranked.window_kind
    and people.window_start = ranked.window_start
    and people.agent_id = ranked.agent_id
    and ranked.place = 1
left join delivered
    on people.window_kind = delivered.window_kind and people.window_start = delivered.window_start
-- who does one kind of work only is even
where ranked.work is not null or delivered.window_kind is null
