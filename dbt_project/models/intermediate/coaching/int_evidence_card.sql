{% set cards = 12 -%}
{% set cards_of_an_item = 4 -%}
with since as (
    select from_day from {{ ref('int_evidence_span') }}
),

complaints as (
    select
        'c' || substr(md5(complaints.complaint_id), 1, 12) as card_id,
        complaints.agent_id,
        'improve' as sign,
        'complaint' as source,
        complaints.received_at as happened_at,
        complaints.is_upheld,
        complaints.complaint_id,
        complaints.complaint_type,
        complaints.verdict,
        complaints.match_quality,
        complaints.received_at,
        complaints.agent_complaints_in_month,
        complaints.centre_complaints_in_month,
        complaints.contact_id,
        complaints.evaluation_id,
        complaints.scored_at,
        complaints.item,
        complaints.dimension,
        complaints.error_type,
        complaints.is_critical,
        complaints.points,
        complaints.max_points,
        complaints.quote,
        complaints.offset_seconds
    from {{ ref('int_evidence_complaint') }} as complaints
),

-- an item that a complaint already speaks of makes no second card; the review of a complaint speaks of nothing else
said as (
    select
        items.*,
        row_number() over (
            partition by items.agent_id, items.is_full, items.item
            order by items.is_critical desc, items.scored_at desc, items.evaluation_id, items.grader
        ) as per_item
    from {{ ref('int_evidence_item') }} as items
    inner join since on items.scored_at >= since.from_day
    left join complaints as told on items.evaluation_id = told.evaluation_id and items.item = told.item
    where items.kind <> 'complaint_review'
        and items.quote is not null
        and (items.is_missed or items.is_full)
        and told.complaint_id is null
),

monitored as (
    select
        'm' || substr(md5(evaluation_id || '|' || grader || '|' || item), 1, 12) as card_id,
        agent_id,
        case when is_full then 'strength' else 'improve' end as sign,
        'monitored' as source,
        scored_at as happened_at,
        false as is_upheld,
        cast(null as varchar) as complaint_id,
        cast(null as varchar) as complaint_type,
        cast(null as varchar) as verdict,
        cast(null as varchar) as match_quality,
        cast(null as timestamp) as received_at,
        cast(null as bigint) as agent_complaints_in_month,
        cast(null as bigint) as centre_complaints_in_month,
        contact_id,
        evaluation_id,
        scored_at,
        item,
        dimension,
        error_type,
        is_critical and is_missed as is_critical,
        points,
        max_points,
        quote,
        offset_seconds
    from said
    where per_item <= {{ cards_of_an_item }}
),

cards as (
    select * from complaints
    union all
    select * from monitored
),

placed as (
    select
        *,
        row_number() over (
            partition by agent_id, sign
            order by is_upheld desc, is_critical desc, happened_at desc, card_id
        ) as position
    from cards
)

select * from placed
where position <= {{ cards }}
