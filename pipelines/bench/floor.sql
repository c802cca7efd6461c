-- The floor `make bench` measures dbt against: the contact KPIs' sums, written by hand in one statement over the same
-- Parquet, per agent, queue, channel and reason by day, repeat contacts included. Nothing else runs this file.
with contact as (
    select
        *,
        cast(started_at as date) as day,
        coalesce(direction, 'inbound') = 'inbound'
        and (is_offered or (is_answered and is_offered is not null)) as offered,
        not is_answered and coalesce(wait_seconds < 5, false) as short_abandon
    from read_parquet($contacts)
),

span as (
    select max(day) as last_day from contact
),

repeated as (
    select contact_id
    from (
        select
            contact_id,
            started_at,
            lead(started_at) over (
                partition by customer_key, coalesce(reason, queue) order by started_at, contact_id
            ) as next_started_at
        from contact
        where customer_key is not null and coalesce(direction, 'inbound') = 'inbound'
    ) as followed
    where next_started_at <= started_at + interval 7 day
)

select
    day,
    agent_id,
    queue,
    channel,
    reason,
    count(*) filter (where is_answered) as handled_n,
    count(*) filter (where offered) as offered_n,
    count(*) filter (where offered and is_answered) as offered_answered_o,
    count(*) filter (where offered and not short_abandon) as waited_n,
    count(*) filter (where offered and not short_abandon and not is_answered) as abandoned_o,
    count(*) filter (where offered and not short_abandon and is_answered and wait_seconds <= 20) as service_o,
    count(wait_seconds) filter (where is_answered) as wait_n,
    sum(wait_seconds) filter (where is_answered) as wait_o,
    sum(wait_seconds * wait_seconds) filter (where is_answered) as wait_ss,
    count(talk_seconds) filter (where is_answered) as talk_n,
    sum(talk_seconds) filter (where is_answered) as talk_o,
    sum(talk_seconds * talk_seconds) filter (where is_answered) as talk_ss,
    count(talk_seconds + acw_seconds) filter (where is_answered) as handle_n,
    sum(talk_seconds + coalesce(hold_seconds, 0) + acw_seconds) filter (where is_answered) as handle_o,
    sum((talk_seconds + coalesce(hold_seconds, 0) + acw_seconds) ** 2) filter (where is_answered) as handle_ss,
    count(is_transferred) filter (where is_answered) as transfer_n,
    count(*) filter (where is_answered and is_transferred) as transfer_o,
    count(*) filter (where is_answered and talk_seconds < 10) as short_o,
    count(is_resolved) filter (where is_answered) as resolved_n,
    count(*) filter (where is_answered and is_resolved) as resolved_o,
    count(*) filter (where offered and (is_resolved is not null or not is_answered)) as resolved_offered_n,
    count(first_response_seconds) as first_response_n,
    sum(first_response_seconds) as first_response_o,
    sum(first_response_seconds * first_response_seconds) as first_response_ss,
    count(*) filter (
        where is_answered and customer_key is not null and coalesce(direction, 'inbound') = 'inbound' and day <= last_day - 7
    ) as first_contact_n,
    count(*) filter (
        where is_answered and customer_key is not null and coalesce(direction, 'inbound') = 'inbound' and day <= last_day - 7
        and repeated.contact_id is null
    ) as first_contact_o
from contact
cross join span
left join repeated using (contact_id)
group by grouping sets ((day, agent_id), (day, queue), (day, channel), (day, reason))
