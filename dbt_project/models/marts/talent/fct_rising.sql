-- Only who rises or is better than the raw figures say: a list of the others cannot be made from this.
with standing as (
    select
        tiers.agent_id,
        tiers.window_kind,
        tiers.window_start,
        tiers.tier,
        evidence.p_high,
        evidence.is_gated,
        composite.score,
        composite.score_sd,
        composite.score_raw,
        composite.score_adjusted,
        rules.tier_high_cut,
        rules.worthwhile_gain_points
    from {{ ref('fct_tier') }} as tiers
    inner join {{ ref('int_window') }} as windows
        on tiers.window_kind = windows.window_kind and tiers.window_start = windows.window_start and windows.is_current
    inner join {{ ref('int_rule') }} as rules
        on tiers.window_kind = rules.window_kind and tiers.window_start = rules.window_start
    inner join {{ ref('int_composite') }} as composite
        on tiers.window_kind = composite.window_kind
        and tiers.window_start = composite.window_start
        and tiers.agent_id = composite.agent_id
    inner join {{ ref('int_tier_evidence') }} as evidence
        on tiers.window_kind = evidence.window_kind
        and tiers.window_start = evidence.window_start
        and tiers.agent_id = evidence.agent_id
    where tiers.tier in ('low', 'mid', 'high')
),

judged as (
    select
        standing.*,
        slopes.quarters,
        slopes.slope,
        slopes.slope_sd,
        slopes.mean_slope,
        slopes.p_rising,
        coalesce(standing.tier <> 'high' and slopes.p_rising >= {{ rule_now('rising_sure') }}, false) as is_rising,
        not standing.is_gated
        and standing.p_high >= 0.5e0
        and standing.score_raw < standing.tier_high_cut
        and round(standing.score_adjusted - standing.score_raw, 9) >= standing.worthwhile_gain_points as is_hidden
    from standing
    left join {{ ref('int_rising_slope') }} as slopes
        on standing.agent_id = slopes.agent_id and standing.window_kind = 'quarter'
)

select
    agent_id,
    window_kind,
    window_start,
    is_rising,
    is_hidden,
    round(score, 9) as score,
    round(score_sd, 9) as score_sd,
    cast(coalesce(quarters, 0) as bigint) as quarters,
    round(slope, 9) as slope_points_per_quarter,
    round(slope_sd, 9) as slope_sd,
    round(mean_slope, 9) as centre_slope_points_per_quarter,
    p_rising,
    round(score_raw, 9) as score_raw,
    round(score_adjusted, 9) as score_adjusted,
    p_high
from judged
where is_rising or is_hidden
