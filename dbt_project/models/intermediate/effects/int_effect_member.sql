-- Who is compared with whom: those who started in a month with those of the same direction of work who took part in nothing of
-- the kind from the first baseline month to the last month after. Somebody in two coaching programmes at once belongs to
-- neither side: nobody could say which of them worked. Other courses go on for both sides and do not exclude.
with sessions as (
    select * from {{ ref('int_effect_session') }}
),

cohorts as (
    select
        programme_kind,
        programme_id,
        start_month,
        cast(start_month - interval '6 months' as date) as from_day,
        cast(start_month + interval '4 months' as date) as until_day
    from {{ ref('int_effect_start') }}
    group by programme_kind, programme_id, start_month
),

-- everybody with a session in the months of a cohort, and which
taking_part as (
    select
        cohorts.programme_kind,
        cohorts.programme_id,
        cohorts.start_month,
        sessions.agent_id,
        max({{ one_if('sessions.programme_id <> cohorts.programme_id') }}) as in_another
    from cohorts
    inner join sessions
        on cohorts.programme_kind = sessions.programme_kind
        and cohorts.from_day <= sessions.day
        and cohorts.until_day > sessions.day
        and (cohorts.programme_kind = 'coaching' or cohorts.programme_id = sessions.programme_id)
    group by cohorts.programme_kind, cohorts.programme_id, cohorts.start_month, sessions.agent_id
),

candidates as (
    select
        cohorts.programme_kind,
        cohorts.programme_id,
        outcomes.kpi_id,
        cohorts.start_month,
        coalesce(directions.direction, 'inbound') as direction,
        spans.agent_id,
        coalesce(starts.start_month = cohorts.start_month, false) as is_treated,
        taking_part.agent_id is not null as takes_part,
        coalesce(taking_part.in_another = 1, false) as is_in_another,
        spans.pre0,
        spans.pre1,
        spans.post,
        spans.month_1,
        spans.month_2,
        spans.month_3,
        spans.usual_value
    from cohorts
    inner join {{ ref('int_effect_outcome') }} as outcomes
        on cohorts.programme_kind = outcomes.programme_kind and cohorts.programme_id = outcomes.programme_id
    inner join {{ ref('int_effect_span') }} as spans
        on outcomes.kpi_id = spans.kpi_id and cohorts.start_month = spans.start_month
    left join {{ ref('int_effect_start') }} as starts
        on cohorts.programme_kind = starts.programme_kind
        and cohorts.programme_id = starts.programme_id
        and spans.agent_id = starts.agent_id
    left join taking_part
        on cohorts.programme_kind = taking_part.programme_kind
        and cohorts.programme_id = taking_part.programme_id
        and cohorts.start_month = taking_part.start_month
        and spans.agent_id = taking_part.agent_id
    left join {{ ref('int_effect_direction') }} as directions on spans.agent_id = directions.agent_id
)

select
    programme_kind,
    programme_id,
    kpi_id,
    start_month,
    direction,
    agent_id,
    is_treated,
    pre0,
    pre1,
    post,
    month_1,
    month_2,
    month_3,
    usual_value
from candidates
where (is_treated and not is_in_another) or not takes_part
