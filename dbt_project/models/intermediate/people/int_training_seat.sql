{{ config(materialized='view') }}

select
    training.session_id,
    training.course_id,
    training.agent_id,
    training.day,
    cast(null as varchar) as channel,
    cast(null as varchar) as queue,
    cast(null as varchar) as reason,
    cast(null as varchar) as segment,
    training.hours,
    -- who was not there has no result; some exports write 0
    case when training.absence is null then training.score_points end as score_points,
    training.absence is null as is_present,
    coalesce(training.absence = 'unexcused', false) as is_unexcused,
    training.is_voluntary,
    case when training.absence is null then training.reaction_points end as reaction_points
from {{ ref('stg_training') }} as training
-- sessions still to come have no participants yet
inner join {{ ref('int_data_span') }} as span on training.day <= span.last_day
