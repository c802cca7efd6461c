-- The average of an agent's items, pulled towards the centre's mean by the part that other items would not have shown.
with averages as (
    select
        averages.*,
        axis.state,
        averages.items >= axis.engagement_min_items as has_enough_items,
        (axis.item_variance + averages.score_variances / averages.items) / averages.items as v
    from {{ ref('int_engagement_average') }} as averages
    inner join {{ ref('int_engagement_axis') }} as axis
        on averages.window_kind = axis.window_kind and averages.window_start = axis.window_start
),

rated as (
    select * from averages
    where has_enough_items and state = 'shown'
),

spread as (
    select
        window_kind,
        window_start,
        {{ variance_beyond_error('average', 'v') }} as tau2
    from rated
    group by window_kind, window_start
),

weighted as (
    select
        rated.*,
        spread.tau2,
        1e0 / nullif(rated.v + spread.tau2, 0e0) as weight
    from rated
    inner join spread on rated.window_kind = spread.window_kind and rated.window_start = spread.window_start
),

placed as (
    select
        *,
        sum(weight * average) over everybody / nullif(sum(weight) over everybody, 0e0) as mu,
        1e0 / nullif(sum(weight) over everybody, 0e0) as vmu
    from weighted
    window everybody as (partition by window_kind, window_start)
),

steadied as (
    select
        window_kind,
        window_start,
        agent_id,
        {{ steadied('average', 'v', 'tau2', 'mu') }} as engagement_score,
        sqrt({{ steadied_variance('v', 'tau2', 'vmu') }}) as engagement_sd
    from placed
)

select
    averages.window_kind,
    averages.window_start,
    averages.agent_id,
    averages.items,
    averages.has_enough_items,
    averages.state,
    case when averages.has_enough_items then averages.average end as engagement_average,
    steadied.engagement_score,
    steadied.engagement_sd
from averages
left join steadied
    on averages.window_kind = steadied.window_kind
    and averages.window_start = steadied.window_start
    and averages.agent_id = steadied.agent_id
