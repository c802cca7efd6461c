-- Do the items measure one thing in this centre? Only then is their average shown to anybody.
with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

rules as (
    select * from {{ ref('int_rule') }}
),

averages as (
    select * from {{ ref('int_engagement_average') }}
),

in_use as (
    select
        window_kind,
        window_start,
        count(distinct item) as items
    from {{ ref('int_engagement_item') }}
    where status = 'counts'
    group by window_kind, window_start
),

complete as (
    select averages.*
    from averages
    inner join in_use
        on averages.window_kind = in_use.window_kind
        and averages.window_start = in_use.window_start
        and averages.items = in_use.items
),

item_variances as (
    select
        items.window_kind,
        items.window_start,
        items.item,
        var_samp(items.score) as item_variance
    from {{ ref('int_engagement_item') }} as items
    inner join complete
        on items.window_kind = complete.window_kind
        and items.window_start = complete.window_start
        and items.agent_id = complete.agent_id
    where items.status = 'counts'
    group by items.window_kind, items.window_start, items.item
),

item_sums as (
    select
        window_kind,
        window_start,
        sum(item_variance) as item_variance_sum
    from item_variances
    group by window_kind, window_start
),

totals as (
    select
        window_kind,
        window_start,
        count(*) as people_checked,
        var_samp(total) as total_variance
    from complete
    group by window_kind, window_start
),

-- what one item of one agent strays from the agent's average, by two-way analysis of variance, and how much of that few
-- observations explain; the rest is that items are different things
strays as (
    select
        window_kind,
        window_start,
        sum(within_squares) / nullif(sum(items - 1), 0) * count(*) / nullif(count(*) - 1, 0) as stray_variance,
        sum(score_variances) / sum(items) as sampling_variance
    from averages
    where items > 1
    group by window_kind, window_start
),

checked as (
    select
        windows.window_kind,
        windows.window_start,
        rules.engagement_min_items,
        rules.engagement_alpha,
        coalesce(in_use.items, 0) as items,
        coalesce(totals.people_checked, 0) as people_checked,
        greatest(0e0, strays.stray_variance - strays.sampling_variance) as item_variance,
        round({{ cronbach_alpha('in_use.items', 'item_sums.item_variance_sum', 'totals.total_variance') }}, 9) as alpha
    from windows
    inner join rules on windows.window_kind = rules.window_kind and windows.window_start = rules.window_start
    left join in_use on windows.window_kind = in_use.window_kind and windows.window_start = in_use.window_start
    left join item_sums on windows.window_kind = item_sums.window_kind and windows.window_start = item_sums.window_start
    left join totals on windows.window_kind = totals.window_kind and windows.window_start = totals.window_start
    left join strays on windows.window_kind = strays.window_kind and windows.window_start = strays.window_start
)

select
    *,
    case
        when items < engagement_min_items then 'too_few_items'
        when people_checked < {{ var('judge_min_observations') }} or alpha is null then 'too_few_people'
        when alpha < engagement_alpha then 'items_disagree'
        else 'shown'
    end as state
from checked
