{% set z = var('interval_z') ~ 'e0' -%}
with evidence as (
    select
        evidence.*,
        tiers.previous_tier,
        tiers.remembered,
        tiers.tier as rule_tier
    from {{ ref('int_tier_evidence') }} as evidence
    inner join {{ ref('int_tier') }} as tiers
        on evidence.agent_id = tiers.agent_id
        and evidence.window_kind = tiers.window_kind and evidence.window_start = tiers.window_start
),

-- shares of 20, 60 and 20 among those who can be judged at all; offered as an option and to show what it would do
ranked as (
    select
        *,
        no_tier_reason is null as is_judged,
        percent_rank() over judged as score_rank,
        percent_rank() over judged_raw as raw_rank
    from evidence
    window
        judged as (
            partition by window_kind, window_start, no_tier_reason is null order by round(score, 6), agent_id
        ),
        judged_raw as (
            partition by window_kind, window_start, no_tier_reason is null order by round(score_raw, 6), agent_id
        )
),

labelled as (
    select
        *,
        case when not is_judged then rule_tier when score_rank < 0.2 then 'low' when score_rank >= 0.8 then 'high' else 'mid' end
            as quantile_tier,
        case when not is_judged then rule_tier when raw_rank < 0.2 then 'low' when raw_rank >= 0.8 then 'high' else 'mid' end
            as raw_quantile_tier
    from ranked
),

decided as (
    select
        *,
        {% if var('tier_mode') == 'quantile' %}quantile_tier{% else %}rule_tier{% endif %} as tier
    from labelled
),

-- what the same person would get next quarter if nothing about them changed: another sample of the same size
foreseen as (
    select
        *,
        sqrt(greatest(reliability * (1e0 + reliability), 1e-9)) * greatest(score_sd, 1e-9) as next_sd
    from decided
),

boundaries as (
    select
        *,
        -- score at which P(low) or P(high) reaches the probability of entering or leaving
        (tier_low_cut - {{ norm_ppf('tier_enter') }} * score_sd - score) / next_sd as z_enter_low,
        (tier_low_cut - {{ norm_ppf('tier_stay') }} * score_sd - score) / next_sd as z_leave_low,
        (tier_high_cut + {{ norm_ppf('tier_enter') }} * score_sd - score) / next_sd as z_enter_high,
        (tier_high_cut + {{ norm_ppf('tier_stay') }} * score_sd - score) / next_sd as z_leave_high
    from foreseen
),

chances as (
    select
        *,
        case rule_tier
            when 'low' then 1e0 - {{ norm_cdf('z_leave_low') }}
            when 'high' then {{ norm_cdf('z_leave_high') }}
            when 'mid' then least(1e0, {{ norm_cdf('z_enter_low') }} + 1e0 - {{ norm_cdf('z_enter_high') }})
        end as p_flip
    from boundaries
),

versions as (
    select * from {{ ref('int_rule_version') }}
),

published as (
    select
        chances.*,
        versions.rules,
        newest.tier as published_tier,
        newest.score as published_score,
        newest.rules as published_rules,
        case
            -- a quarter whose last contacts may still be repeated is provisional and not published yet
            when chances.window_kind <> 'quarter' then null
            when chances.window_end > span.last_day - settling.first_contact_window_days then null
            when newest.agent_id is null then 1
            when newest.tier = chances.tier and abs(newest.score - chances.score) < 1e-6 then newest.revision
            else newest.revision + 1
        end as revision
    from chances
    cross join {{ ref('int_data_span') }} as span
    cross join {{ ref('int_first_contact_window') }} as settling
    left join versions
        on chances.window_kind = versions.window_kind and chances.window_start = versions.window_start
        and chances.role = versions.role
    left join {{ ref('stg_published_tiers') }} as newest
        on chances.window_kind = 'quarter'
        and chances.agent_id = newest.agent_id and chances.window_start = newest.window_start
)

select
    agent_id,
    window_kind,
    window_start,
    window_end,
    is_current,
    team_id,
    role,
    tenure_days,
    tenure_band,
    tier,
    rule_tier,
    previous_tier,
    quantile_tier,
    raw_quantile_tier,
    case
        when tier in ('low', 'mid', 'high')
            then case
                -- of the tier itself: somebody who is kept in one may be likelier to be outside it by now
                when case tier when 'low' then p_low when 'high' then p_high else p_mid end >= 0.8 then 'firm'
                when case tier when 'low' then p_low when 'high' then p_high else p_mid end >= 0.6 then 'leaning'
                else 'borderline'
            end
    end as strength,
    case
        when tier = 'mid' and p_low >= 0.5 then 'low'
        when tier = 'mid' and p_high >= 0.5 then 'high'
    end as borderline,
    no_tier_reason,
    is_gated and p_high >= tier_stay as is_gated,
    p_critical,
    round(score, 6) as score,
    round(score_sd, 6) as score_sd,
    round(score - {{ z }} * score_sd, 6) as score_low,
    round(score + {{ z }} * score_sd, 6) as score_high,
    round(score_raw, 6) as score_raw,
    round(score_adjusted, 6) as score_adjusted,
    p_low,
    p_mid,
    p_high,
    round(p_flip, 6) as p_flip,
    reliability,
    coverage,
    round(no_reference_share, 6) as no_reference_share,
    cast(contacts as bigint) as contacts,
    tier_low_cut,
    tier_high_cut,
    coalesce(rules, '') as rules,
    cast(revision as bigint) as revision,
    case when published_score is not null then round(score - published_score, 6) end as revised_score_change,
    case when published_tier <> tier then published_tier end as revised_from
from published
