{% set z = var('interval_z') ~ 'e0' -%}
with {{ person_periods(['seats', 'score_n', 'score_points', 'score_squares', 'unexcused_absences'], 'seats > 0') }},

pooled as (
    select
        period_kind,
        period_start,
        sum(greatest(0e0, score_squares - score_points * score_points / nullif(score_n, 0e0)))
        / nullif(sum(greatest(0e0, score_n - 1)), 0e0) as score_variance
    from sums
    where grain = 'agent'
    group by period_kind, period_start
),

means as (
    select
        sums.*,
        sums.score_points / nullif(sums.score_n, 0e0) as score,
        sums.unexcused_absences / nullif(cast(sums.agent_months as double), 0e0) as absences,
        -- a month rarely has two sessions of one person: then the spread is that of the whole span
        sqrt(nullif(coalesce(pooled.score_variance, whole.score_variance) / nullif(sums.score_n, 0e0), 0e0)) as error,
        rules.absence_coefficient_points as coefficient
    from sums
    inner join pooled on sums.period_kind = pooled.period_kind and sums.period_start = pooled.period_start
    left join pooled as whole on whole.period_kind = 'all'
    inner join {{ ref('int_period_rule') }} as rules
        on sums.period_kind = rules.period_kind and sums.period_start = rules.period_start
),

indexed as (
    select
        *,
        {{ training_points('score', 'absences', 'coefficient') }} as points
    from means
)

select
    grain,
    entity_id,
    period_kind,
    period_start,
    case when score_n > 0 then 'sessions' else 'no_score' end as basis,
    cast(seats as bigint) as seats,
    cast(score_n as bigint) as score_n,
    round(score, 9) as score_points,
    unexcused_absences,
    agent_months,
    round(absences, 9) as absences,
    coefficient,
    round(points, 9) as raw_value,
    round({{ clip_points('points') }}, 9) as value,
    round({{ clip_points('points - ' ~ z ~ ' * error') }}, 9) as interval_low,
    round({{ clip_points('points + ' ~ z ~ ' * error') }}, 9) as interval_high
from indexed
