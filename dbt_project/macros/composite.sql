{#- The score of an agent over several KPIs: weighted points, then calibrated, because shrinking each KPI alone pulls too
    hard on people who are good (or not yet good) at several. METHOD.md section 4.4, variant C. `condition` selects rows of
    int_kpi_points. Gives one row per window and agent: score, score_sd, score_raw, score_adjusted, score_plain, coverage,
    no_reference_share, calibration. Reference set composite_calibration. -#}
{%- macro composite(condition='true') -%}
with points as (
    select
        *,
        weight * slope as a,
        weight / sum(weight) over agent as share
    from {{ ref('int_kpi_points') }}
    where {{ condition }}
    window agent as (partition by window_kind, window_start, agent_id)
),

summed as (
    select
        window_kind,
        window_start,
        agent_id,
        any_value(peer) as peer,
        any_value(role) as role,
        sum(weight) as weight,
        sum(share * points) as component_score,
        sum(share * share * points_sd * points_sd) as component_variance,
        sum(share * points_plain) as score_plain,
        sum(share * points_adjusted) / nullif(sum(case when n > 0 then share end), 0e0) as score_adjusted,
        sum(share * points_raw) / nullif(sum(case when n > 0 then share end), 0e0) as score_raw,
        sum(case when n > 0 then weight else 0e0 end) as observed_weight,
        sum(case when n > 0 then weight * no_reference_share else 0e0 end) as no_reference_weight
    from points
    group by window_kind, window_start, agent_id
),

-- each pair of KPIs of one agent: how much of what two slopes share would be seen again
paired as (
    select
        one.window_kind,
        one.window_start,
        one.agent_id,
        sum(one.a * other.a * other.reliability * coalesce(joint.covariance, 0e0)) as covariance_part,
        sum(one.a * other.a * one.reliability * other.reliability * coalesce(joint.covariance, 0e0)) as variance_part,
        sum(one.a * other.a * coalesce(joint.covariance, 0e0)) as total_part
    from points as one
    inner join points as other
        on one.window_kind = other.window_kind and one.window_start = other.window_start
        and one.agent_id = other.agent_id and one.kpi_id <> other.kpi_id
    inner join {{ ref('int_kpi_covariance') }} as joint
        on one.window_kind = joint.window_kind and one.window_start = joint.window_start
        and one.kpi_id = joint.kpi_id and other.kpi_id = joint.other_kpi_id
    group by one.window_kind, one.window_start, one.agent_id
),

single as (
    select
        window_kind,
        window_start,
        agent_id,
        sum(a * a * reliability * tau2) as covariance_part,
        sum(a * a * tau2) as total_part
    from points
    group by window_kind, window_start, agent_id
),

joined as (
    select
        summed.*,
        (single.covariance_part + coalesce(paired.covariance_part, 0e0)) / (summed.weight * summed.weight) as covariance,
        (single.covariance_part + coalesce(paired.variance_part, 0e0)) / (summed.weight * summed.weight) as variance,
        (single.total_part + coalesce(paired.total_part, 0e0)) / (summed.weight * summed.weight) as total_variance,
        -- of whom nothing was observed says nothing about peers
        coalesce(
            avg(case when summed.observed_weight > 0 then summed.component_score end) over peers,
            avg(summed.component_score) over peers
        ) as peer_score
    from summed
    inner join single
        on summed.window_kind = single.window_kind and summed.window_start = single.window_start
        and summed.agent_id = single.agent_id
    left join paired
        on summed.window_kind = paired.window_kind and summed.window_start = paired.window_start
        and summed.agent_id = paired.agent_id
    window peers as (partition by summed.window_kind, summed.window_start, summed.peer)
)

select
    window_kind,
    window_start,
    agent_id,
    peer,
    role,
    round(peer_score + calibration * (component_score - peer_score), 9) as score,
    round(sqrt(greatest(
        0.25e0 * component_variance, total_variance - covariance * coalesce(covariance / nullif(variance, 0e0), 0e0)
    )), 9) as score_sd,
    calibration,
    component_score,
    score_plain,
    score_adjusted,
    score_raw,
    observed_weight,
    no_reference_weight / nullif(observed_weight, 0e0) as no_reference_share
from (
    select
        *,
        least(1.6e0, greatest(1e0, coalesce(covariance / nullif(variance, 0e0), 1e0))) as calibration
    from joined
) as calibrated
{%- endmacro -%}
