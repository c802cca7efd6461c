-- Every pair that is compared, as two sides beside each other. Teams of the comparison period are compared on the same
-- work where work differs enough to matter: mix_part is what the work alone makes of their difference.
with sides as (
    select * from {{ ref('int_comparison_side') }}
),

mixed as (
    select
        sides.kpi_id,
        sides.entity_id,
        sides.w,
        sides.value - funnel.value as mix_part
    from sides
    inner join {{ ref('int_funnel_entity') }} as funnel
        on sides.kpi_id = funnel.kpi_id
        and sides.grain = funnel.grain
        and sides.entity_id = funnel.entity_id
        and sides.period_kind = funnel.period_kind
        and sides.period_start = funnel.period_start
    where sides.grain = 'team' and sides.is_comparison and funnel.is_adjusted
),

mixed_others as (
    select
        own.kpi_id,
        own.entity_id,
        -- by name, so that no order of rows shows in the sum
        sum(others.w * others.mix_part order by others.entity_id)
        / nullif(sum(others.w order by others.entity_id), 0e0) as mix_part
    from mixed as own
    inner join mixed as others on own.kpi_id = others.kpi_id and own.entity_id <> others.entity_id
    group by own.kpi_id, own.entity_id
),

pairs as (
    select
        'team_pair' as comparison,
        one.*,
        other.entity_id as other_id,
        other.period_start as other_start,
        other.observations as other_observations,
        other.value as other_value,
        other.low as other_low,
        other.high as other_high,
        one_mixed.mix_part - other_mixed.mix_part as mix_part
    from sides as one
    inner join sides as other
        on one.kpi_id = other.kpi_id
        and one.period_kind = other.period_kind and one.period_start = other.period_start
        and one.entity_id < other.entity_id
        and other.grain = 'team'
    left join mixed as one_mixed on one.kpi_id = one_mixed.kpi_id and one.entity_id = one_mixed.entity_id
    left join mixed as other_mixed on other.kpi_id = other_mixed.kpi_id and other.entity_id = other_mixed.entity_id
    where one.grain = 'team' and one.is_comparison
),

against_others as (
    select
        'team_others' as comparison,
        one.*,
        'others' as other_id,
        other.period_start as other_start,
        other.observations as other_observations,
        other.value as other_value,
        other.low as other_low,
        other.high as other_high,
        mixed.mix_part - mixed_others.mix_part as mix_part
    from sides as one
    inner join sides as other
        on one.kpi_id = other.kpi_id
        and one.entity_id = other.entity_id
        and one.period_kind = other.period_kind and one.period_start = other.period_start
        and other.grain = 'others'
    left join mixed on one.kpi_id = mixed.kpi_id and one.entity_id = mixed.entity_id
    left join mixed_others on one.kpi_id = mixed_others.kpi_id and one.entity_id = mixed_others.entity_id
    where one.grain = 'team' and one.is_comparison
),

periods as (
    select
        case
            when other.period_start = cast(one.period_start - case one.period_kind
                when 'month' then interval 1 month
                when 'quarter' then interval 3 months
            end as date) then 'previous'
            when other.period_start = cast(one.period_start - interval 1 year as date) then 'year_ago'
            else 'earlier'
        end as comparison,
        one.*,
        other.entity_id as other_id,
        other.period_start as other_start,
        other.observations as other_observations,
        other.value as other_value,
        other.low as other_low,
        other.high as other_high,
        cast(null as double) as mix_part,
        one.is_recent and other.is_recent as are_recent
    from sides as one
    inner join sides as other
        on one.kpi_id = other.kpi_id
        and one.grain = other.grain
        and one.entity_id = other.entity_id
        and one.period_kind = other.period_kind
        and one.period_start > other.period_start
    where one.grain in ('centre', 'team') and one.period_kind in ('month', 'quarter')
)

select * from pairs
union all
select * from against_others
union all
select * exclude (are_recent) from periods
-- of older periods only the one before and the same a year ago
where comparison <> 'earlier' or are_recent
