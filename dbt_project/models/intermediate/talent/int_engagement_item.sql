-- Scores on the scale of all KPIs: an amount that nine in ten exceed has 60, the middle one 80, one that only one in ten
-- exceeds 100. These anchors are relative, which no other standard here is: nobody publishes one for a rating. Nothing is
-- steadied yet; that happens once, to the average, since doing it twice would pull twice.
with amounts as (
    select * from {{ ref('int_engagement_amount') }}
),

people as (
    select
        window_kind,
        window_start,
        count(distinct agent_id) as people
    from amounts
    group by window_kind, window_start
),

items as (
    select
        window_kind,
        window_start,
        item,
        bool_and(is_agreed) as is_agreed,
        count(*) as agents,
        quantile_cont(fair_percent, 0.1e0) as low_percent,
        quantile_cont(fair_percent, 0.5e0) as middle_percent,
        quantile_cont(fair_percent, 0.9e0) as high_percent
    from amounts
    group by window_kind, window_start, item
),

anchors as (
    select
        *,
        -- where half or more share one amount, one side has no length: it mirrors the other
        case
            when round(middle_percent - low_percent, 9) > 0 then low_percent
            else 2e0 * middle_percent - high_percent
        end as minimum_percent,
        case
            when round(high_percent - middle_percent, 9) > 0 then high_percent
            else 2e0 * middle_percent - low_percent
        end as excellent_percent
    from items
),

judged as (
    select
        anchors.*,
        case
            when not anchors.is_agreed then 'graders_not_agreed'
            when anchors.agents < rules.engagement_item_share * people.people then 'too_few_people'
            when round(anchors.high_percent - anchors.low_percent, 9) = 0 then 'no_spread'
            else 'counts'
        end as status
    from anchors
    inner join people on anchors.window_kind = people.window_kind and anchors.window_start = people.window_start
    inner join {{ ref('int_rule') }} as rules
        on anchors.window_kind = rules.window_kind and anchors.window_start = rules.window_start
),

measured as (
    select
        amounts.*,
        round(judged.minimum_percent, 9) as minimum_percent,
        round(judged.middle_percent, 9) as target_percent,
        round(judged.excellent_percent, 9) as excellent_percent,
        judged.status
    from amounts
    inner join judged
        on amounts.window_kind = judged.window_kind
        and amounts.window_start = judged.window_start
        and amounts.item = judged.item
),

scored as (
    select
        *,
        {{ kpi_points('fair_percent', 'minimum_percent', 'target_percent', 'excellent_percent') }} as points,
        40e0 / nullif(excellent_percent - minimum_percent, 0e0) as points_per_percent
    from measured
)

select
    window_kind,
    window_start,
    item,
    agent_id,
    n,
    raw_percent,
    fair_percent,
    minimum_percent,
    target_percent,
    excellent_percent,
    status,
    case when status = 'counts' then round(points, 9) end as score,
    case when status = 'counts' then round(v * points_per_percent * points_per_percent, 9) end as score_variance
from scored
