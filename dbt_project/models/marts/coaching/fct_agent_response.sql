select
    responses.response_id,
    responses.agent_id,
    membership.team_id,
    responses.responded_on,
    responses.about,
    responses.reference,
    responses.kind,
    {{ without_long_numbers('responses.text') }} as text,
    responses.answered_on,
    {{ without_long_numbers('responses.answer') }} as answer,
    responses.outcome,
    responses.kind <> 'acknowledged' and not responses.is_answered as is_open,
    case
        when responses.kind <> 'acknowledged'
            and coalesce(responses.answered_on, case when not responses.is_answered then span.last_day end) is not null
            -- who wrote after the last delivered contact waits since today
            then cast(greatest(0, coalesce(responses.answered_on, span.last_day) - responses.responded_on) as bigint)
    end as days_open
from {{ ref('stg_agent_responses') }} as responses
cross join {{ ref('int_data_span') }} as span
left join {{ ref('int_membership') }} as membership
    on {{ in_team('responses.agent_id', 'responses.responded_on') }}
