-- One digest of everything that was decided and not measured: two quarters with equal digests were judged alike.
with decided as (
    select
        window_kind,
        window_start,
        role,
        string_agg(
            kpi_id || ':' || weight || ':' || minimum || ':' || target || ':' || excellent || ':' || basis,
            ';' order by kpi_id
        ) as anchors
    from {{ ref('int_anchor') }}
    group by window_kind, window_start, role
)

select
    decided.window_kind,
    decided.window_start,
    decided.role,
    substr(md5(concat_ws(
        '|',
        decided.anchors,
        rules.tier_low_cut,
        rules.tier_high_cut,
        rules.tier_enter,
        rules.tier_stay,
        rules.tier_reliability,
        rules.tier_coverage,
        rules.tier_straddle,
        rules.no_reference_share,
        rules.min_reference_n,
        rules.grace_days,
        rules.grace_volume_share,
        rules.guard_cap,
        rules.critical_error_limit,
        rules.critical_error_sure
    )), 1, 12) as rules
from decided
inner join {{ ref('int_rule') }} as rules
    on decided.window_kind = rules.window_kind and decided.window_start = rules.window_start
