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

shares as (
    select
        *,
        case when round(gap, 9) < 0e0 then round(contribution / gap, 9) end as gap_share
    from contributions
)

select
    shares.kpi_id,
    shares.window_kind,
    shares.window_start,
    shares.reason,
    cast(shares.n as bigint) as n,
    round(shares.value, 9) as value,
    round(shares.target, 9) as target,
    round(shares.volume_share, 9) as volume_share,
    round(shares.contribution, 9) as contribution,
    shares.gap_share,
    round(least(1e0, shares.recorded_share), 9) as recorded_share,
    coalesce(shares.gap_share >= rules.reason_share, false) as is_named
from shares
inner join {{ ref('int_rule') }} as rules
    on shares.window_kind = rules.window_kind and shares.window_start = rules.window_start
where shares.value is not null
