with span as (
    select recent_day from {{ ref('int_evidence_span') }}
),

cards as (
    select * from {{ ref('int_evidence_card') }}
),

-- the few contacts of the cards out of perhaps ten million
contacts as (
    select
        contact_id,
        day,
        started_at,
        reason,
        -- known once it happened, or once the time for it has passed
        case when is_repeated then true when is_first_contact_eligible then false end as came_back
    from {{ ref('int_contact') }}
    where contact_id in (select contact_id from {{ ref('int_evidence_card') }})
),

rated as (
    select
        surveys.contact_id,
        arg_max(surveys.score, (surveys.answered_at, surveys.survey_id)) as score,
        arg_max(surveys.scale_max, (surveys.answered_at, surveys.survey_id)) as scale_max
    from {{ ref('stg_surveys') }} as surveys
    where surveys.contact_id in (select contact_id from contacts)
    group by surveys.contact_id
),

placed as (
    select
        cards.*,
        contacts.started_at as call_started_at,
        contacts.started_at + to_seconds(round(cards.offset_seconds)) as said_at,
        contacts.reason,
        contacts.came_back,
        rated.score as survey_score,
        rated.scale_max as survey_max,
        coalesce(contacts.day, cast(cards.happened_at as date)) as day,
        cards.quote is null as lacks_quote,
        contacts.started_at is null or cards.offset_seconds is null as lacks_time,
        -- nothing went wrong in what is praised
        cards.sign = 'improve' and cards.error_type is null as lacks_technique
    from cards
    left join contacts on cards.contact_id = contacts.contact_id
    left join rated on cards.contact_id = rated.contact_id
),

-- of each kind the wording that was in force on the day: the newest policy
stated as (
    select
        placed.card_id,
        arg_max(policies.policy_id, (policies.valid_from, policies.policy_id)) filter (
            where policies.kind = 'standard'
        ) as standard_policy_id,
        arg_max(policies.policy_id, (policies.valid_from, policies.policy_id)) filter (
            where policies.kind = 'consequence'
        ) as consequence_policy_id
    from placed
    inner join {{ ref('policies') }} as policies
        on placed.error_type = policies.error_type and placed.day >= policies.valid_from
    where placed.sign = 'improve'
    group by placed.card_id
)

select
    placed.card_id,
    placed.agent_id,
    membership.team_id,
    placed.sign,
    cast(placed.position as bigint) as position,
    placed.source,
    placed.complaint_id,
    placed.complaint_type,
    placed.verdict,
    placed.match_quality,
    placed.received_at,
    placed.evaluation_id,
    placed.scored_at,
    placed.contact_id,
    placed.call_started_at,
    placed.said_at,
    placed.offset_seconds,
    placed.reason,
    placed.item,
    placed.dimension,
    placed.error_type,
    placed.is_critical,
    placed.points,
    placed.max_points,
    placed.quote,
    placed.came_back,
    placed.survey_score,
    placed.survey_max,
    placed.agent_complaints_in_month,
    placed.centre_complaints_in_month,
    stated.standard_policy_id,
    stated.consequence_policy_id,
    placed.lacks_quote,
    placed.lacks_time,
    placed.lacks_technique,
    not placed.lacks_quote and not placed.lacks_time and not placed.lacks_technique as is_complete,
    placed.happened_at >= span.recent_day as is_recent
from placed
cross join span
left join stated on placed.card_id = stated.card_id
left join {{ ref('int_membership') }} as membership
    on placed.agent_id = membership.agent_id
    and placed.day >= membership.from_day
    and placed.day < membership.until_day
