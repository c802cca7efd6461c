{% set named_codes = "'" ~ quadrants() | join("', '") ~ "'" -%}
{% set z = var('interval_z') ~ 'e0' -%}
with placed as (
    select
        tiers.agent_id,
        tiers.window_kind,
        tiers.window_start,
        tiers.tier,
        rules.quadrant_ability_cut as ability_cut,
        rules.quadrant_engagement_cut as engagement_cut,
        rules.quadrant_sure,
        ability.ability_score,
        ability.ability_sd,
        engagement.engagement_score,
        engagement.engagement_sd,
        coalesce(engagement.items, 0) as engagement_items,
        -- an axis that is not shown, or a person of whom too little is known, has no place on the chart
        case
            when tiers.tier in ('new_starter', 'not_enough_evidence') then tiers.tier
            when ability.ability_score is null then 'not_enough_evidence'
            when engagement.engagement_score is null then 'not_rated'
        end as no_place
    from {{ ref('fct_tier') }} as tiers
    inner join {{ ref('int_rule') }} as rules
        on tiers.window_kind = rules.window_kind and tiers.window_start = rules.window_start
    left join {{ ref('int_ability') }} as ability
        on tiers.window_kind = ability.window_kind
        and tiers.window_start = ability.window_start
        and tiers.agent_id = ability.agent_id
    left join {{ ref('int_engagement') }} as engagement
        on tiers.window_kind = engagement.window_kind
        and tiers.window_start = engagement.window_start
        and tiers.agent_id = engagement.agent_id
    where tiers.window_kind in ('quarter', 'all')
),

bands as (
    -- half the width of the strip in which somebody with the usual doubt is on neither side likely enough to be named
    select
        *,
        median(case when no_place is null then ability_sd end) over (partition by window_kind, window_start)
        * {{ norm_ppf('quadrant_sure') }} as ability_half,
        median(case when no_place is null then engagement_sd end) over (partition by window_kind, window_start)
        * {{ norm_ppf('quadrant_sure') }} as engagement_half
    from placed
),

distances as (
    select
        *,
        case when no_place is null then {{ distance_above('ability_score', 'ability_sd', 'ability_cut') }} end as z_able,
        case when no_place is null then {{ distance_above('engagement_score', 'engagement_sd', 'engagement_cut') }} end as z_keen
    from bands
),

tails as (
    select
        *,
        {{ norm_cdf('z_able') }} as p_able,
        {{ norm_cdf('z_keen') }} as p_keen
    from distances
),

likely as (
    select
        *,
        round(p_able * p_keen, 9) as p_lead,
        round(p_able * (1e0 - p_keen), 9) as p_unblock,
        round((1e0 - p_able) * p_keen, 9) as p_develop,
        round((1e0 - p_able) * (1e0 - p_keen), 9) as p_restart
    from tails
),

compared as (
    select
        *,
        greatest(p_lead, p_unblock, p_develop, p_restart) as p_likeliest
    from likely
),

named as (
    select
        *,
        case
            when no_place is not null then no_place
            when p_likeliest < quadrant_sure then 'between'
            {%- for quadrant in quadrants() %}
            when p_{{ quadrant }} = p_likeliest then '{{ quadrant }}'
            {%- endfor %}
        end as quadrant
    from compared
)

select
    agent_id,
    window_kind,
    window_start,
    quadrant,
    case quadrant
        {%- for quadrant, action in quadrants().items() %}
        when '{{ quadrant }}' then '{{ action }}'
        {%- endfor %}
    end as action,
    case when quadrant in ({{ named_codes }}) then p_likeliest end as p_named,
    case when p_lead is not null then round(ability_score, 9) end as ability_score,
    case when p_lead is not null then round(ability_sd, 9) end as ability_sd,
    case when p_lead is not null then round(greatest(0e0, ability_score - {{ z }} * ability_sd), 9) end as ability_low,
    case when p_lead is not null then round(least(100e0, ability_score + {{ z }} * ability_sd), 9) end as ability_high,
    case when p_lead is not null then round(engagement_score, 9) end as engagement_score,
    case when p_lead is not null then round(engagement_sd, 9) end as engagement_sd,
    case when p_lead is not null then round(greatest(0e0, engagement_score - {{ z }} * engagement_sd), 9) end as engagement_low,
    case when p_lead is not null then round(least(100e0, engagement_score + {{ z }} * engagement_sd), 9) end as engagement_high,
    cast(engagement_items as bigint) as engagement_items,
    ability_cut,
    engagement_cut,
    case when ability_half is not null then round(greatest(0e0, ability_cut - ability_half), 9) end as ability_band_low,
    case when ability_half is not null then round(least(100e0, ability_cut + ability_half), 9) end as ability_band_high,
    case when engagement_half is not null then round(greatest(0e0, engagement_cut - engagement_half), 9) end as engagement_band_low,
    case when engagement_half is not null then round(least(100e0, engagement_cut + engagement_half), 9) end as engagement_band_high,
    quadrant_sure,
    p_lead,
    p_unblock,
    p_develop,
    p_restart
from named
