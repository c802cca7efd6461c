-- Why a score moved between two quarters. What the work mix did to the plain figures was taken out and is shown apart.
with tiers as (
    select
        *,
        lag(window_start) over (partition by agent_id order by window_start) as previous_start
    from {{ ref('fct_tier') }}
    where window_kind = 'quarter'
),

pairs as (
    select
        tiers.agent_id,
        tiers.window_start,
        tiers.window_end,
        tiers.is_current,
        tiers.team_id,
        tiers.role,
        tiers.tier,
        tiers.score,
        tiers.score_sd,
        tiers.score_raw,
        tiers.score_adjusted,
        tiers.rules,
        before.window_start as previous_start,
        before.tier as previous_tier,
        before.score as previous_score,
        before.score_sd as previous_score_sd,
        before.score_raw as previous_score_raw,
        before.score_adjusted as previous_score_adjusted,
        before.rules as previous_rules,
        coalesce(before.revised_score_change, 0e0) as revision_part
    from tiers
    inner join tiers as before
        on tiers.agent_id = before.agent_id and tiers.previous_start = before.window_start
),

-- the earlier quarter's steadied values on today's yardstick, and on its own
rescaled as (
    select
        pairs.agent_id,
        pairs.window_start,
        posterior.kpi_id,
        posterior.steadied_value,
        posterior.centre_value,
        anchors.weight,
        anchors.minimum,
        anchors.target,
        anchors.excellent,
        posterior.steadied_value / case when anchors.basis = 'ratio' then nullif(posterior.centre_value, 0e0) else 1e0 end as x_new,
        former.weight as former_weight,
        former.minimum as former_minimum,
        former.target as former_target,
        former.excellent as former_excellent,
        posterior.steadied_value / case when former.basis = 'ratio' then nullif(posterior.centre_value, 0e0) else 1e0 end as x_former
    from pairs
    inner join {{ ref('int_posterior') }} as posterior
        on posterior.window_kind = 'quarter'
        and pairs.agent_id = posterior.agent_id and pairs.previous_start = posterior.window_start
    inner join {{ ref('int_anchor') }} as anchors
        on anchors.window_kind = 'quarter' and pairs.window_start = anchors.window_start
        and pairs.role = anchors.role and posterior.kpi_id = anchors.kpi_id
    inner join {{ ref('int_agent_window') }} as agents
        on agents.window_kind = 'quarter'
        and pairs.agent_id = agents.agent_id and pairs.previous_start = agents.window_start
    inner join {{ ref('int_anchor') }} as former
        on former.window_kind = 'quarter' and pairs.previous_start = former.window_start
        and agents.role = former.role and posterior.kpi_id = former.kpi_id
    where pairs.rules <> pairs.previous_rules
),

ruled as (
    select
        agent_id,
        window_start,
        sum(weight * {{ kpi_points('x_new', 'minimum', 'target', 'excellent') }}) / sum(weight)
        - sum(former_weight * {{ kpi_points('x_former', 'former_minimum', 'former_target', 'former_excellent') }})
        / sum(former_weight) as rule_part
    from rescaled
    group by agent_id, window_start
)

select
    pairs.agent_id,
    pairs.window_start,
    pairs.previous_start,
    pairs.is_current,
    pairs.team_id,
    pairs.tier,
    pairs.previous_tier,
    round(pairs.score - pairs.previous_score + pairs.revision_part, 6) as score_change,
    round(pairs.score - pairs.previous_score - coalesce(ruled.rule_part, 0e0), 6) as skill_part,
    round(coalesce(ruled.rule_part, 0e0), 6) as rule_part,
    round(pairs.revision_part, 6) as revision_part,
    round(
        pairs.score_raw - pairs.score_adjusted - pairs.previous_score_raw + pairs.previous_score_adjusted, 6
    ) as mix_removed,
    round(pairs.score_sd - pairs.previous_score_sd, 6) as score_sd_change,
    case
        when pairs.tier = pairs.previous_tier then 'none'
        when pairs.tier not in ('low', 'mid', 'high') or pairs.previous_tier not in ('low', 'mid', 'high') then 'evidence'
        when abs(coalesce(ruled.rule_part, 0e0)) >= greatest(
            abs(pairs.score - pairs.previous_score - coalesce(ruled.rule_part, 0e0)), abs(pairs.revision_part), 1e-6
        ) then 'rule'
        when abs(pairs.revision_part) >= greatest(
            abs(pairs.score - pairs.previous_score - coalesce(ruled.rule_part, 0e0)), 1e-6
        ) then 'revision'
        else 'skill'
    end as main_reason
from pairs
left join ruled on pairs.agent_id = ruled.agent_id and pairs.window_start = ruled.window_start
