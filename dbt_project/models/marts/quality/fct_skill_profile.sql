{%- set z = var('interval_z') ~ 'e0' -%}
with measured as (
    select
        *,
        100e0 * points / max_points as raw_value,
        100e0 * fair_points / max_points as fair_value,
        fair_points / max_points as ratio,
        forms >= {{ var('judge_min_observations') }} as has_forms
    from {{ ref('int_skill_sum') }}
),

varied as (
    select
        *,
        -- a form is drawn as a whole, so its items do not count as if drawn one by one
        case
            when has_forms
                then
                    nullif(round(
                        10000e0 * greatest(0e0, fair_squares - 2e0 * ratio * fair_products + ratio * ratio * max_squares)
                        / (max_points * max_points) * forms / (forms - 1e0), 9
                    ), 0e0)
        end as v
    from measured
),

placed as (
    select
        varied.*,
        centre.fair_value as centre_value,
        varied.fair_value - centre.fair_value as y,
        varied.v is not null as is_enough
    from varied
    inner join varied as centre
        on varied.window_kind = centre.window_kind
        and varied.window_start = centre.window_start
        and varied.dimension = centre.dimension
        and centre.grain = 'centre'
),

spread as (
    select
        window_kind,
        window_start,
        grain,
        dimension,
        greatest(0e0, var_samp(y) - avg(v)) as tau2
    from placed
    where is_enough and grain <> 'centre'
    group by window_kind, window_start, grain, dimension
),

judged as (
    select
        placed.*,
        round(case when placed.is_enough then spread.tau2 / nullif(spread.tau2 + placed.v, 0e0) end, 9) as reliability,
        round(placed.y - {{ z }} * sqrt(placed.v), 9) as difference_low,
        round(placed.y + {{ z }} * sqrt(placed.v), 9) as difference_high,
        rule.word_reliability
    from placed
    inner join {{ ref('int_rule') }} as rule
        on placed.window_kind = rule.window_kind and placed.window_start = rule.window_start
    left join spread
        on placed.window_kind = spread.window_kind
        and placed.window_start = spread.window_start
        and placed.grain = spread.grain
        and placed.dimension = spread.dimension
)

select
    window_kind,
    window_start,
    grain,
    entity_id,
    dimension,
    cast(forms as bigint) as forms,
    cast(items as bigint) as items,
    round(raw_value, 9) as raw_points,
    round(fair_value, 9) as fair_points,
    -- greatest and least pass over an empty bound, so it is asked for first
    case when is_enough then round(greatest(0e0, fair_value - {{ z }} * sqrt(v)), 9) end as interval_low,
    case when is_enough then round(least(100e0, fair_value + {{ z }} * sqrt(v)), 9) end as interval_high,
    round(centre_value, 9) as centre_points,
    round(y, 9) as difference_points,
    reliability,
    is_enough,
    case
        when grain = 'centre' then 'centre'
        when not is_enough or coalesce(reliability, 0e0) < word_reliability then 'not_enough_evidence'
        when difference_low > 0e0 then 'strength'
        when difference_high < 0e0 then 'to_develop'
        else 'like_centre'
    end as verdict
from judged
