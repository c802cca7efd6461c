-- An agent's own months, as measured. Another team's work is other work, so they begin with the present one.
with stays as (
    select
        membership.agent_id,
        membership.from_day
    from {{ ref('int_membership') }} as membership
    inner join {{ ref('int_data_span') }} as span
        on membership.from_day <= span.last_day and membership.until_day > span.last_day
),

effects as (
    select
        kpi_id,
        max(design_effect) as design_effect
    from {{ ref('int_design_effect') }}
    where window_kind in ('quarter', 'all')
    group by kpi_id
),

months as (
    select
        measured.entity_id as agent_id,
        measured.kpi_id,
        measured.period_start as month_start,
        kpi.family,
        case when kpi.better = 'lower' then -1e0 else 1e0 end as good,
        cast(measured.n as double) as n,
        measured.w,
        measured.o,
        measured.ss,
        measured.value,
        coalesce(effects.design_effect, 1e0) as design_effect
    from {{ ref('fct_kpi_value') }} as measured
    inner join {{ ref('int_window') }} as windows
        on windows.window_kind = 'month' and measured.period_start = windows.window_start
    -- a guard is a check on another figure and no record to break; a volume or an index is no average of observations
    inner join {{ ref('dim_kpi') }} as kpi
        on measured.kpi_id = kpi.kpi_id
        and kpi.better <> 'neutral'
        and kpi.guards = ''
        and kpi.family in ('prop', 'mean', 'logmean', 'count')
    left join effects on measured.kpi_id = effects.kpi_id
    left join stays on measured.entity_id = stays.agent_id
    where measured.grain = 'agent'
        and measured.period_kind = 'month'
        and measured.n >= {{ var('judge_min_observations') }}
        and (stays.agent_id is null or measured.period_start >= stays.from_day)
),

summed as (
    select
        *,
        count(*) over own as months,
        sum(n) over own as all_n,
        sum(w) over own as all_w,
        sum(o) over own as all_o,
        sum(ss) over own as all_ss
    from months
    window own as (partition by agent_id, kpi_id)
),

compared as (
    select
        *,
        all_o / nullif(all_w, 0e0) as usual_value,
        (all_o - o) / nullif(all_w - w, 0e0) as others_value,
        -- of one observation; the differences between the months are in it, which makes a record harder
        case family
            when 'count' then all_o / nullif(all_w, 0e0)
            else
                greatest(0e0, all_ss / nullif(all_w, 0e0) - power(all_o / nullif(all_w, 0e0), 2))
                * all_n / nullif(all_n - 1e0, 0e0)
        end as variance
    from summed
    -- usual is what has been seen more than twice
    where months >= 3
),

standardised as (
    select
        *,
        round(
            good * (value - others_value)
            / nullif(sqrt(variance * design_effect * (1e0 / n + 1e0 / nullif(all_n - n, 0e0))), 0e0), 9
        ) as z
    from compared
    -- of events there must be enough to expect: a month without a complaint is chance
    where family <> 'count' or usual_value * n >= {{ var('judge_min_observations') }}
),

probable as (
    select
        *,
        -- the best of several is high by chance alone (Sidak 1967)
        round(power({{ norm_cdf('z') }}, months), 9) as probability,
        row_number() over (
            partition by agent_id, kpi_id
            order by good * value desc, month_start
        ) = 1 as is_best
    from standardised
)

select
    agent_id,
    kpi_id,
    month_start,
    cast(n as bigint) as n,
    cast(months as bigint) as months,
    value,
    round(usual_value, 9) as usual_value,
    good * max(good * value) over (
        partition by agent_id, kpi_id
        order by month_start
        rows between unbounded preceding and 1 preceding
    ) as previous_best,
    probability,
    is_best,
    coalesce(is_best and probability >= {{ rule_now('recognition_sure') }}, false) as is_record
from probable
