with tiers as (
    select * from {{ ref('fct_tier') }}
    -- who has been there for half a year or of unknown length is no new starter to be compared with
    where window_kind in ('quarter', 'all') and tenure_band in ('0-30', '31-90', '91-180')
),

cohorts as (
    select
        starters.window_kind,
        starters.window_start,
        starters.agent_id,
        max(starters.contacts) as contacts,
        max(starters.score) as score,
        max(starters.score_sd) as score_sd,
        count(*) as colleagues,
        avg(others.score) as mean_score,
        var_samp(others.score) as score_variance
    from tiers as starters
    inner join tiers as others
        on starters.window_kind = others.window_kind
        and starters.window_start >= others.window_start
        and starters.tenure_band = others.tenure_band
        and starters.agent_id <> others.agent_id
    where starters.tier = 'new_starter'
    group by starters.window_kind, starters.window_start, starters.agent_id
),

standardised as (
    select
        *,
        score - mean_score as lead,
        (score - mean_score)
        / nullif(sqrt(score_sd * score_sd + score_variance / colleagues), 0e0) as z
    from cohorts
    where colleagues >= {{ rule_now('group_min_people') }}
),

probable as (
    select
        *,
        round({{ norm_cdf('z') }}, 9) as probability
    from standardised
)

select
    window_kind,
    window_start,
    agent_id,
    contacts,
    colleagues,
    round(lead, 9) as lead_points,
    probability
from probable
where probability >= {{ rule_now('recognition_sure') }}
