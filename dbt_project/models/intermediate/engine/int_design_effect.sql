-- Contacts of one day are alike (an outage, a queue, a mood), so they tell less than their number. One factor per KPI,
-- pooled over agents, because a single agent's own would be noise.
with windowed as (
    select
        months.window_kind,
        months.window_start,
        spread.kpi_id,
        spread.agent_id,
        sum(spread.days) as days,
        sum(spread.t) as t,
        sum(spread.w) as w,
        sum(spread.tt) as tt,
        sum(spread.tw) as tw,
        sum(spread.ww) as ww
    from {{ ref('int_day_spread') }} as spread
    inner join {{ ref('int_window_month') }} as months on spread.month_start = months.month_start
    group by months.window_kind, months.window_start, spread.kpi_id, spread.agent_id
    having sum(spread.days) >= 10 and sum(spread.w) > 0
),

clustered as (
    select
        *,
        days / (days - 1e0) * greatest(0e0, tt - 2e0 * (t / w) * tw + (t / w) * (t / w) * ww) / (w * w) as cluster_variance
    from windowed
),

compared as (
    select
        clustered.window_kind,
        clustered.window_start,
        clustered.kpi_id,
        sum(clustered.cluster_variance) as cluster_variance,
        -- on the scale of the value itself, whatever the family
        sum(expected.expected_variance / (expected.w * expected.w)) as model_variance,
        count(*) as agents
    from clustered
    inner join {{ ref('int_expected') }} as expected
        on clustered.window_kind = expected.window_kind and clustered.window_start = expected.window_start
        and clustered.kpi_id = expected.kpi_id and clustered.agent_id = expected.agent_id
    group by clustered.window_kind, clustered.window_start, clustered.kpi_id
)

select
    window_kind,
    window_start,
    kpi_id,
    agents,
    round(least(4e0, greatest(1e0, coalesce(cluster_variance / nullif(model_variance, 0e0), 1e0))), 9) as design_effect
from compared
