{%- set handle_time = var('kpis') | selectattr('id', 'equalto', 'average_handle_time') | first -%}
select
    agent_id,
    day,
    count(*) as contacts,
    sum({{ one_if('talk_seconds < ' ~ var('short_contact_seconds')) }}) as short_contacts,
    sum({{ handle_time['measure'] }}) as handle_seconds,
    coalesce(
        sum({{ handle_time['measure'] }}) filter (where talk_seconds >= {{ var('short_contact_seconds') }}), 0e0
    ) as handle_seconds_without_short
from {{ ref('int_contact') }}
where {{ with_settings(handle_time['counts']) }}
group by agent_id, day
