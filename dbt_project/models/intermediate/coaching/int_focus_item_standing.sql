{% set z = var('interval_z') ~ 'e0' -%}
with compared as (
    select
        sums.*,
        cast(sums.all_n - sums.n as double) as other_n,
        sums.misses / cast(sums.n as double) as miss_share,
        sums.o / sums.n as lost_share,
        -- half a miss more, since even an item that none of the others missed can be missed
        (sums.all_misses - sums.misses + 0.5e0) / (sums.all_n - sums.n + 1e0) as other_miss_share,
        (sums.all_o - sums.o) / (sums.all_n - sums.n) as other_lost_share,
        -- forms' worth of what colleagues tell about an agent; nothing where agents do not differ
        (1e0 - likeness.likeness) / nullif(likeness.likeness, 0e0) as prior_n
    from {{ ref('int_focus_item_sum') }} as sums
    inner join {{ ref('int_focus_likeness') }} as likeness
        on sums.window_kind = likeness.window_kind and sums.window_start = likeness.window_start
    where sums.all_n - sums.n >= {{ rule_now('min_reference_n') }}
),

-- the agent's share of misses is a beta variable around the colleagues' (METHOD.md section 3)
weighed as (
    select
        *,
        other_miss_share * prior_n + misses as a,
        greatest(1e0, (1e0 - other_miss_share) * prior_n + n - misses) as b,
        lost_share - other_lost_share as y,
        within_variance / n + within_variance / other_n as v
    from compared
),

spread as (
    select
        window_kind,
        window_start,
        item,
        {{ variance_beyond_error('y', 'v') }} as tau2
    from weighed
    group by window_kind, window_start, item
),

steadied as (
    select
        weighed.*,
        coalesce(a / (a + b), other_miss_share) as steadied_miss_share,
        coalesce(sqrt(a * b / (a + b + 1e0)) / (a + b), 0e0) as miss_sd,
        {{ steadied('y', 'v', 'tau2', '0e0') }} as steadied_y,
        sqrt({{ steadied_variance('v', 'tau2', '0e0') }}) as lost_sd
    from weighed
    inner join spread
        on weighed.window_kind = spread.window_kind
        and weighed.window_start = spread.window_start
        and weighed.item = spread.item
),

standardised as (
    select
        *,
        -- a single miss proves nothing
        case when misses > 1 then {{ beta_z('other_miss_share', 'a', 'b') }} end as z_more,
        -steadied_y / nullif(lost_sd, 0e0) as z_better
    from steadied
)

select
    window_kind,
    window_start,
    agent_id,
    item,
    dimension,
    error_type,
    matter,
    is_critical,
    n,
    misses,
    round(miss_share, 9) as miss_share,
    round(other_miss_share, 9) as other_miss_share,
    round(steadied_miss_share, 9) as steadied_miss_share,
    round(greatest(0e0, steadied_miss_share - {{ z }} * miss_sd), 9) as steadied_miss_low,
    round(least(1e0, steadied_miss_share + {{ z }} * miss_sd), 9) as steadied_miss_high,
    -- nobody is sure of anything where agents do not differ
    round(coalesce({{ norm_cdf('z_more') }}, 0.5e0), 9) as p_more_misses,
    round(lost_share, 9) as lost_share,
    round(other_lost_share, 9) as other_lost_share,
    round(other_lost_share + steadied_y, 9) as steadied_lost_share,
    round(greatest(0e0, other_lost_share + steadied_y - {{ z }} * lost_sd), 9) as steadied_lost_low,
    round(least(1e0, other_lost_share + steadied_y + {{ z }} * lost_sd), 9) as steadied_lost_high,
    round(coalesce({{ norm_cdf('z_better') }}, 0.5e0), 9) as p_loses_less
from standardised
