with posterior as (
    select
        engine.*,
        kpi.unit,
        case engine.better when 'lower' then -1e0 when 'higher' then 1e0 else 0e0 end
        * (engine.steadied_y - engine.mu) / nullif(sqrt(engine.steadied_variance), 0e0) as z_better
    from {{ ref('int_posterior') }} as engine
    inner join {{ ref('dim_kpi') }} as kpi on engine.kpi_id = kpi.kpi_id
),

worded as (
    select
        posterior.*,
        {{ natural_value('family', 'centre_value', 'mu') }} as peer_value,
        case
            when posterior.better = 'neutral' then 'no_direction'
            when posterior.no_reference_share > rules.no_reference_share then 'not_comparable'
            when posterior.reliability < rules.word_reliability then 'cannot_say'
            when round(posterior.z_better, 9) >= {{ var('interval_z') }}e0 then 'better'
            when round(posterior.z_better, 9) <= -{{ var('interval_z') }}e0 then 'worse'
            else 'alike'
        end as comparison
    from posterior
    inner join {{ ref('int_rule') }} as rules
        on posterior.window_kind = rules.window_kind and posterior.window_start = rules.window_start
)

select
    worded.kpi_id,
    worded.window_kind,
    worded.window_start,
    worded.agent_id,
    cast(worded.n as bigint) as n,
    round(worded.value, 9) as value,
    round(worded.expected_value, 9) as expected_value,
    round(worded.adjusted_value, 9) as adjusted_value,
    round(worded.steadied_value, 9) as steadied_value,
    round({{ not_below_nothing('worded.unit', 'least(worded.steadied_low, worded.steadied_high)') }}, 9) as steadied_low,
    round({{ not_above_all('worded.unit', 'greatest(worded.steadied_low, worded.steadied_high)') }}, 9) as steadied_high,
    round(worded.peer_value, 9) as peer_value,
    worded.peer,
    worded.reliability,
    round(worded.no_reference_share, 6) as no_reference_share,
    round(worded.design_effect, 6) as design_effect,
    worded.tau2 > 0 as separates_people,
    worded.comparison,
    points.weight,
    round(points.minimum, 9) as minimum,
    round(points.target, 9) as target,
    round(points.excellent, 9) as excellent,
    points.basis,
    points.anchors_source,
    round(points.points, 6) as points,
    round(points.points_raw, 6) as points_raw,
    round(points.points_adjusted, 6) as points_adjusted,
    round(points.weight_share * points.points, 6) as contribution,
    round(points.weight_share * 80e0, 6) as contribution_at_target,
    round(points.weight_share * 100e0, 6) as contribution_at_most,
    coalesce(points.is_capped, false) as is_capped,
    points.capped_by
from worded
left join {{ ref('int_kpi_points') }} as points
    on worded.kpi_id = points.kpi_id and worded.agent_id = points.agent_id
    and worded.window_kind = points.window_kind and worded.window_start = points.window_start
