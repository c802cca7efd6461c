with scores as (
    {{ composite() }}
),

-- spread between people of one peer group, pooled: a group of one has none of its own, nor has anybody unobserved
pooled as (
    select
        window_kind,
        window_start,
        sum(squares) / nullif(sum(greatest(agents - 1, 0)), 0) as between_variance,
        sum(sampling) / nullif(sum(agents), 0) as sampling_variance
    from (
        select
            window_kind,
            window_start,
            peer,
            count(*) filter (where observed_weight > 0) as agents,
            coalesce(sum(score_sd * score_sd) filter (where observed_weight > 0), 0e0) as sampling,
            greatest(0, count(*) filter (where observed_weight > 0) - 1)
            * coalesce(var_samp(score) filter (where observed_weight > 0), 0e0) as squares
        from scores
        group by window_kind, window_start, peer
    ) as peers
    group by window_kind, window_start
),

weights as (
    select
        window_kind,
        window_start,
        role,
        sum(weight) as weight
    from {{ ref('int_weight') }}
    group by window_kind, window_start, role
)

select
    scores.*,
    -- weights of KPIs that nobody delivered count as missing too
    round(scores.observed_weight / weights.weight, 9) as coverage,
    round(greatest(0e0, coalesce(
        1e0 - scores.score_sd * scores.score_sd / nullif(pooled.between_variance + pooled.sampling_variance, 0e0), 0e0
    )), 9) as reliability
from scores
inner join pooled on scores.window_kind = pooled.window_kind and scores.window_start = pooled.window_start
inner join weights
    on scores.window_kind = weights.window_kind and scores.window_start = weights.window_start
    and scores.role = weights.role
