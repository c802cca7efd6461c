select
    scores.evaluation_id,
    scores.grader,
    scores.dimension,
    count(*) as items,
    sum(scores.points) as points,
    sum(scores.max_points) as max_points
from {{ ref('stg_qa_scores') }} as scores
where coalesce(scores.is_applicable, true)
    and scores.points is not null
    and scores.max_points > 0
    and scores.dimension is not null
    and scores.kind is distinct from 'complaint_review'
group by scores.evaluation_id, scores.grader, scores.dimension
