with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

-- contacts handled per window, for those who have hardly begun
volume as (
    select
        months.window_kind,
        months.window_start,
        sums.entity_id as agent_id,
        sum(sums.o) as contacts
    from {{ ref('int_kpi_sum') }} as sums
    inner join {{ ref('int_window_month') }} as months on sums.period_start = months.month_start
    where sums.kpi_id = 'contacts_handled' and sums.grain = 'agent' and sums.period_kind = 'month'
    group by months.window_kind, months.window_start, sums.entity_id
),

agents as (
    select
        agents.*,
        coalesce(volume.contacts, 0e0) as contacts,
        coalesce(median(volume.contacts) over (
            partition by agents.window_kind, agents.window_start, agents.role
        ), 0e0) as usual_contacts,
        row_number() over (partition by agents.window_kind, agents.agent_id order by agents.window_start) as window_number
    from {{ ref('int_agent_window') }} as agents
    left join volume
        on agents.window_kind = volume.window_kind and agents.window_start = volume.window_start
        and agents.agent_id = volume.agent_id
),

critical as (
    select
        posterior.window_kind,
        posterior.window_start,
        posterior.agent_id,
        (posterior.steadied_value - rules.critical_error_limit)
        / nullif(sqrt(posterior.steadied_variance), 0e0) as z
    from {{ ref('int_posterior') }} as posterior
    inner join {{ ref('int_rule') }} as rules
        on posterior.window_kind = rules.window_kind and posterior.window_start = rules.window_start
    where posterior.kpi_id = 'critical_error_rate'
),

placed as (
    select
        scores.*,
        windows.window_end,
        windows.position,
        windows.is_current,
        agents.team_id,
        agents.tenure_days,
        agents.tenure_band,
        agents.contacts,
        agents.usual_contacts,
        -- the first window of the data is nobody's first quarter unless the hire date says so
        agents.window_number = 1 and (windows.position > 1 or agents.tenure_days <= 92) as is_first_window,
        rules.tier_low_cut,
        rules.tier_high_cut,
        rules.tier_enter,
        rules.tier_stay,
        rules.tier_reliability,
        rules.tier_coverage,
        rules.tier_straddle,
        rules.no_reference_share as no_reference_limit,
        rules.grace_days,
        rules.grace_volume_share,
        rules.critical_error_sure,
        (rules.tier_low_cut - scores.score) / greatest(scores.score_sd, 1e-9) as z_low,
        (scores.score - rules.tier_high_cut) / greatest(scores.score_sd, 1e-9) as z_high,
        critical.z as z_critical
    from {{ ref('int_composite') }} as scores
    inner join windows on scores.window_kind = windows.window_kind and scores.window_start = windows.window_start
    inner join agents
        on scores.window_kind = agents.window_kind and scores.window_start = agents.window_start
        and scores.agent_id = agents.agent_id
    inner join {{ ref('int_rule') }} as rules
        on scores.window_kind = rules.window_kind and scores.window_start = rules.window_start
    left join critical
        on scores.window_kind = critical.window_kind and scores.window_start = critical.window_start
        and scores.agent_id = critical.agent_id
),

certain as (
    select
        *,
        -- rounded before any threshold: the last bits of a sum vary with threads
        round({{ norm_cdf('z_low') }}, 9) as p_low,
        round({{ norm_cdf('z_high') }}, 9) as p_high,
        round(coalesce({{ norm_cdf('z_critical') }}, 0e0), 9) as p_critical
    from placed
)

select
    *,
    round(1e0 - p_low - p_high, 9) as p_mid,
    p_critical >= critical_error_sure as is_gated,
    case
        when tenure_days <= grace_days then 'new_starter'
        when is_first_window and contacts < grace_volume_share * usual_contacts then 'new_starter'
        when reliability < tier_reliability then 'low_reliability'
        when coverage < tier_coverage then 'low_coverage'
        when no_reference_share > no_reference_limit then 'not_comparable'
        when p_low >= tier_straddle and p_high >= tier_straddle then 'straddles'
    end as no_tier_reason
from certain
