-- The centre's plain distance from its target, split over the reasons for which customers made contact: each reason's share of
-- the contacts times its own distance. Only contacts with a recorded reason take part.
with centres as (
    select
        *,
        {{ natural_value('family', 'centre_value', 'target_y') }} as target
    from {{ ref('int_systemic_centre') }}
),

sums as (
    select
        centres.kpi_id,
        centres.window_kind,
        centres.window_start,
        centres.good,
        centres.target,
        centres.p_centre_below,
        sums.entity_id as reason,
        sums.n,
        sums.w,
        sums.o / nullif(sums.w, 0e0) as value,
        sums.w / nullif(sum(sums.w) over centre, 0e0) as volume_share,
        sum(sums.w) over centre as recorded
    from {{ ref('int_kpi_sum') }} as sums
    inner join centres
        on sums.kpi_id = centres.kpi_id
        and sums.period_kind = centres.window_kind
        and sums.period_start = centres.window_start
    where sums.grain = 'reason'
    window centre as (partition by centres.kpi_id, centres.window_kind, centres.window_start)
),

everything as (
    select
        kpi_id,
        period_kind,
        period_start,
        w
    from {{ ref('int_kpi_sum') }}
    where grain = 'centre'
),

contributions as (
    select
        sums.*,
        sums.recorded / nullif(everything.w, 0e0) as recorded_share,
        sums.good * sums.volume_share * (sums.value - sums.target) as contribution,
        sum(sums.good * sums.volume_share * (sums.value - sums.target)) over (
            partition by sums.kpi_id, sums.window_kind, sums.window_start
        ) as gap
    from sums
    inner join everything
        on sums.kpi_id = everything.kpi_id
        and sums.window_kind = everything.period_kind
        and sums.window_start = everything.period_start
),

-- only a shortfall that is sure has parts worth naming; those of a small one are large and mean nothing
shares as (
    select
        contributions.*,
        rules.reason_share,
        case
            when round(contributions.gap, 9) < 0e0 and contributions.p_centre_below >= rules.systemic_sure
                then round(contributions.contribution / contributions.gap, 9)
        end as gap_share
    from contributions
    inner join {{ ref('int_rule') }} as rules
        on contributions.window_kind = rules.window_kind and contributions.window_start = rules.window_start
)

select
    kpi_id,
    window_kind,
    window_start,
    reason,
    cast(n as bigint) as n,
    round(value, 9) as value,
    round(target, 9) as target,
    round(volume_share, 9) as volume_share,
    round(contribution, 9) as contribution,
    gap_share,
    round(least(1e0, recorded_share), 9) as recorded_share,
    coalesce(gap_share >= reason_share, false) as is_named
from shares
where value is not null
