-- Who began within the data, month by month since the first day, against the level that most experienced people reach.
with months as (
    select * from {{ ref('int_ramp_month') }}
),

experienced as (
    select
        month_start,
        score,
        row_number() over (partition by month_start order by score, agent_id) as place,
        count(*) over (partition by month_start) as people
    from months
    where tenure_band = '180+'
),

-- the usual band begins above the lowest tenth of experienced colleagues, in the same month
usual as (
    select
        month_start,
        min(score) as lowest_score
    from experienced
    where people >= {{ rule_now('ramp_min_experienced') }}
        and place > round((1e0 - {{ rule_now('ramp_usual_share') }}) * people, 9)
    group by month_start
),

starters as (
    select
        people.agent_id,
        people.hire_date
    from {{ ref('int_employment') }} as people
    cross join {{ ref('int_data_span') }} as span
    where people.hire_date between span.first_day and span.last_day
),

seen as (
    select
        starters.agent_id,
        starters.hire_date,
        months.tenure_days,
        row_number() over (partition by starters.agent_id order by months.month_start) as turn,
        months.score >= usual.lowest_score as is_usual,
        coalesce(
            lead(months.score >= usual.lowest_score) over (partition by starters.agent_id order by months.month_start), false
        ) as is_usual_after,
        lead(months.month_start) over (partition by starters.agent_id order by months.month_start) is null as is_last
    from starters
    inner join months on starters.agent_id = months.agent_id
    inner join usual on months.month_start = usual.month_start
),

-- one good month may be luck: the level counts as reached in the first of two months in a row
reached as (
    select
        agent_id,
        min(tenure_days) as tenure_days
    from seen
    where is_usual and is_usual_after
    group by agent_id
),

-- the last month cannot be confirmed yet, so that somebody not there by then was followed up to the month before
followed as (
    select
        agent_id,
        coalesce(max(tenure_days) filter (where not is_last), 0) as tenure_days
    from seen
    group by agent_id
)

select
    followed.agent_id,
    reached.agent_id is not null as is_reached,
    -- looked at once a month: steps of four weeks
    cast(4 * ceil(coalesce(reached.tenure_days, followed.tenure_days) / 28e0) as bigint) as weeks
from followed
left join reached on followed.agent_id = reached.agent_id
