{%- set handle_time = var('kpis') | selectattr('id', 'equalto', 'average_handle_time') | first -%}
-- An issue is one customer's chain of contacts with the same reason, each within the first-contact window of the one before. It is
-- counted on the day of its last contact, once that window has passed, and for whoever handled it first.
with contacts as (
    select
        contact_id,
        agent_id,
        customer_key,
        coalesce(reason, queue) as reason_group,
        started_at,
        day,
        is_answered,
        is_repeat,
        is_repeated,
        case when is_answered and coalesce(is_resolved, true) then 1 else 0 end as is_resolved,
        coalesce(case when {{ with_settings(handle_time['counts']) }} then {{ handle_time['measure'] }} end, 0e0)
            as handle_seconds
    from {{ ref('int_contact') }}
    where customer_key is not null and direction = 'inbound'
),

-- most issues are one contact; only the others need following
single as (
    select
        agent_id,
        day,
        1 as contacts,
        is_resolved,
        handle_seconds
    from contacts
    where not is_repeat and not is_repeated
),

numbered as (
    select
        *,
        sum({{ one_if('not is_repeat') }}) over (
            partition by customer_key, reason_group order by started_at, contact_id
        ) as chain
    from contacts
    where is_repeat or is_repeated
),

ordered as (
    select
        *,
        row_number() over (
            partition by customer_key, reason_group, chain
            order by {{ one_if('is_answered') }} desc, started_at, contact_id
        ) as handling
    from numbered
),

chained as (
    select
        max(case when handling = 1 then agent_id end) as agent_id,
        max(case when not is_repeated then day end) as day,
        count(*) as contacts,
        max(case when not is_repeated then is_resolved end) as is_resolved,
        sum(handle_seconds) as handle_seconds
    from ordered
    group by customer_key, reason_group, chain
),

issues as (
    select * from single
    union all
    select * from chained
)

select
    issues.agent_id,
    issues.day,
    count(*) as issues,
    sum(issues.is_resolved) as resolved_issues,
    sum(issues.contacts) as contacts,
    sum(issues.handle_seconds) as handle_seconds
from issues
cross join {{ ref('int_data_span') }} as span
cross join {{ ref('int_first_contact_window') }} as settling
where issues.day <= span.last_day - cast(settling.first_contact_window_days as integer)
group by issues.agent_id, issues.day
