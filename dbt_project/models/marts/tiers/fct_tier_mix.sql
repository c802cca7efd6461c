-- published scores have six digits and chances nine: added as decimals, the order of adding cannot tip a half either way
with tiers as (
    select
        *,
        cast(score as decimal(18, 6)) as exact_score,
        cast(p_flip as decimal(18, 9)) as exact_flip
    from {{ ref('fct_tier') }}
),

grouped as (
    {% for grain, entity in [('centre', "'centre'"), ('team', 'team_id')] %}
    select
        '{{ grain }}' as grain,
        {{ entity }} as entity_id,
        window_kind,
        window_start,
        any_value(window_end) as window_end,
        bool_or(is_current) as is_current,
        count(*) as people,
        count(*) filter (where tier = 'high') as high,
        count(*) filter (where tier = 'mid') as mid,
        count(*) filter (where tier = 'low') as low,
        count(*) filter (where tier = 'not_enough_evidence') as not_enough_evidence,
        count(*) filter (where tier = 'new_starter') as new_starter,
        count(*) filter (where rule_tier in ('low', 'mid', 'high') and rule_tier <> quantile_tier) as conflicts,
        count(*) filter (where tier in ('low', 'mid', 'high') and raw_quantile_tier = 'low' and tier <> 'low') as raw_low_not_low,
        count(*) filter (where tier in ('low', 'mid', 'high') and raw_quantile_tier = 'low') as raw_low,
        round(avg(exact_score), 6) as mean_score,
        -- errors of different people are independent, so those of their mean shrink
        round(avg(exact_score) - {{ var('interval_z') }}e0 * sqrt(sum(score_sd * score_sd)) / count(*), 6) as mean_score_low,
        round(avg(exact_score) + {{ var('interval_z') }}e0 * sqrt(sum(score_sd * score_sd)) / count(*), 6) as mean_score_high,
        round(cast(coalesce(sum(exact_flip), 0) as double), 6) as expected_flips
    from tiers
    where {{ entity }} is not null
    group by {{ entity }}, window_kind, window_start
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    grain,
    entity_id,
    window_kind,
    window_start,
    window_end,
    is_current,
    people,
    high,
    mid,
    low,
    not_enough_evidence,
    new_starter,
    conflicts,
    raw_low,
    raw_low_not_low,
    mean_score,
    mean_score_low,
    mean_score_high,
    expected_flips
from grouped
