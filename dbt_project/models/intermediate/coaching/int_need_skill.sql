with people as (
    select
        span,
        agent_id,
        dimension,
        cast(sum(items) as double) as items,
        cast(sum(misses) as double) as misses,
        sum(lost_points) as lost_points
    from {{ ref('int_need_item') }}
    group by span, agent_id, dimension
),

shared as (
    select
        *,
        sum(misses) over alike / sum(items) over alike as centre_share
    from people
    window alike as (partition by span, dimension)
),

-- how much alike the items of one person are (Kleinman 1973): what people differ by beyond chance
spread as (
    select
        span,
        dimension,
        count(*) as people,
        sum(items * power(misses / items - centre_share, 2)) / nullif(max(centre_share * (1e0 - centre_share)), 0e0) as squares,
        sum(items) - sum(items * items) / sum(items) - (count(*) - 1) as free_items
    from shared
    group by span, dimension
),

known as (
    select
        span,
        dimension,
        case
            when people >= {{ least_pool() }}
                then least(0.5e0, greatest(0e0, round((squares - (people - 1)) / nullif(free_items, 0e0), 9)))
        end as correlation
    from spread
),

-- what colleagues do counts as so many items of everybody's; no end of them where nobody differs
prior as (
    select
        shared.*,
        known.correlation,
        1e0 / nullif(known.correlation, 0e0) - 1e0 as prior_items
    from shared
    inner join known on shared.span = known.span and shared.dimension = known.dimension
),

posterior as (
    select
        *,
        coalesce((prior_items * centre_share + misses) / (prior_items + items), centre_share) as steadied_share,
        -- below 1 the formula has no value, and 1 is the more careful side for a mentor
        greatest(1e0, prior_items * centre_share + misses) as alpha,
        greatest(1e0, prior_items * (1e0 - centre_share) + items - misses) as beta
    from prior
),

placed as (
    select
        *,
        case when prior_items is not null then {{ beta_z('centre_share', 'alpha', 'beta') }} end as z_more
    from posterior
),

probable as (
    select
        *,
        round({{ norm_cdf('z_more') }}, 9) as p_more
    from placed
)

select
    span,
    agent_id,
    dimension,
    cast(items as bigint) as items,
    cast(misses as bigint) as misses,
    lost_points,
    misses / items as miss_share,
    round(centre_share, 9) as centre_share,
    correlation,
    round(steadied_share, 9) as steadied_share,
    p_more,
    coalesce(
        items >= {{ var('judge_min_observations') }}
        and misses / items > centre_share
        and p_more >= {{ rule_now('focus_sure') }}, false
    ) as is_short,
    coalesce(
        items >= {{ rule_now('mentor_min_items') }}
        and misses / items < centre_share
        and 1e0 - p_more >= {{ rule_now('focus_sure') }}, false
    ) as is_strong
from probable
