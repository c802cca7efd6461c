-- Complaints are few: each meets the items of its own contact only.
with complaints as (
    select
        complaints.complaint_id,
        complaints.agent_id,
        complaints.received_at,
        complaints.verdict,
        complaints.is_upheld,
        complaints.match_quality,
        complaints.contact_day,
        delivered.complaint_type,
        spellings.error_type,
        spellings.practice,
        -- the agent's latest contact is a guess: it dates the complaint, but nobody is shown its words
        case when complaints.match_quality in ('contact', 'customer') then complaints.contact_id end as contact_id,
        date_trunc('month', coalesce(complaints.contact_day, cast(complaints.received_at as date))) as month_start
    from {{ ref('int_complaint') }} as complaints
    inner join {{ ref('stg_complaints') }} as delivered on complaints.complaint_id = delivered.complaint_id
    left join {{ ref('int_error_type_spelling') }} as spellings on delivered.complaint_type = spellings.text
),

counted as (
    select
        *,
        count(*) filter (where is_upheld) over (partition by agent_id, month_start) as agent_complaints_in_month,
        count(*) filter (where is_upheld) over (partition by month_start) as centre_complaints_in_month
    from complaints
),

-- what a person can do something about
charged as (
    select counted.*
    from counted
    inner join {{ ref('int_evidence_span') }} as span on counted.received_at >= span.from_day
    where counted.agent_id is not null
        and counted.verdict <> 'unjustified'
        and coalesce(counted.practice, '') <> 'process'
),

records as (
    select
        charged.complaint_id,
        items.*,
        row_number() over (
            partition by charged.complaint_id
            order by
                case items.kind when 'complaint_review' then 1 when 'monitor' then 2 else 3 end,
                items.scored_at desc,
                items.evaluation_id,
                items.grader,
                coalesce(items.error_type = charged.error_type, false) desc,
                items.quote is not null desc,
                items.lost_points desc nulls last,
                items.item
        ) as place
    from charged
    inner join {{ ref('int_evidence_item') }} as items
        on charged.contact_id = items.contact_id and charged.agent_id = items.agent_id
    where items.is_faulty
)

select
    charged.complaint_id,
    charged.complaint_type,
    charged.verdict,
    charged.is_upheld,
    charged.match_quality,
    charged.received_at,
    charged.agent_id,
    charged.contact_id,
    records.evaluation_id,
    records.scored_at,
    records.item,
    records.dimension,
    coalesce(records.error_type, charged.error_type) as error_type,
    coalesce(records.is_critical and records.is_missed, false) as is_critical,
    records.points,
    records.max_points,
    records.quote,
    records.offset_seconds,
    -- of an open one nobody knows yet whether it counts
    case when charged.is_upheld then charged.agent_complaints_in_month end as agent_complaints_in_month,
    case when charged.is_upheld then charged.centre_complaints_in_month end as centre_complaints_in_month
from charged
left join records on charged.complaint_id = records.complaint_id and records.place = 1
