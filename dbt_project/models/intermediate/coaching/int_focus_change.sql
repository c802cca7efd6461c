-- A broad fall below the agent's own usual level. Only results are looked at: never illness, absence or lateness.
with kpis as (
    select
        kpi_id,
        case when better = 'lower' then -1e0 else 1e0 end as good
    from {{ ref('dim_kpi') }}
    where better <> 'neutral' and aspect <> 'management'
),

moves as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        people.role,
        moves.previous_start,
        moves.skill_part,
        -- both scores are uncertain
        moves.skill_part / nullif(
            sqrt(power(tiers.score_sd, 2) + power(tiers.score_sd - moves.score_sd_change, 2)), 0e0
        ) as z_change
    from {{ ref('int_focus_person') }} as people
    left join {{ ref('fct_tier_move') }} as moves
        on people.window_kind = 'quarter'
        and people.window_start = moves.window_start
        and people.agent_id = moves.agent_id
    left join {{ ref('fct_tier') }} as tiers
        on people.window_kind = tiers.window_kind
        and people.window_start = tiers.window_start
        and people.agent_id = tiers.agent_id
),

fallen as (
    select
        moves.window_start,
        moves.agent_id,
        count(*) as kpis,
        count(*) filter (where round(kpis.good * (later.steadied_y - before.steadied_y), 9) < 0) as fell
    from moves
    inner join {{ ref('int_posterior') }} as later
        on later.window_kind = 'quarter'
        and moves.window_start = later.window_start
        and moves.agent_id = later.agent_id
    inner join {{ ref('int_posterior') }} as before
        on before.window_kind = 'quarter'
        and moves.previous_start = before.window_start
        and moves.agent_id = before.agent_id
        and later.kpi_id = before.kpi_id
    inner join {{ ref('int_weight') }} as weights
        on weights.window_kind = 'quarter'
        and moves.window_start = weights.window_start
        and moves.role = weights.role
        and later.kpi_id = weights.kpi_id
    inner join kpis on later.kpi_id = kpis.kpi_id
    group by moves.window_start, moves.agent_id
),

probable as (
    select
        moves.*,
        fallen.kpis,
        fallen.fell,
        round({{ norm_cdf('-moves.z_change') }}, 9) as p_fell
    from moves
    left join fallen on moves.window_start = fallen.window_start and moves.agent_id = fallen.agent_id
)

select
    window_kind,
    window_start,
    agent_id,
    '' as detail,
    case
        when skill_part is null then 'not_delivered'
        when round(skill_part, 6) <= -{{ rule_now('cause_change_points') }}
            and p_fell >= {{ rule_now('focus_sure') }}
            and 2 * fell > kpis
            then 'for'
        else 'against'
    end as speaks,
    skill_part as amount,
    case when skill_part is not null then -{{ rule_now('cause_change_points') }} end as comparison,
    fell as n
from probable
