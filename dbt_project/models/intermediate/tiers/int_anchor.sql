with weights as (
    select * from {{ ref('int_weight') }}
),

windows as (
    select * from {{ ref('int_window') }}
),

standards as (
    select
        kpi_id,
        role,
        minimum,
        target,
        excellent,
        basis,
        owner,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by kpi_id, role order by valid_from), cast('9999-12-31' as date)
        ) as valid_until
    from {{ ref('kpi_standards') }}
),

-- a preview is judged by the yardstick of the newest quarter
derived as (
    select
        window_kind,
        window_start,
        kpi_id,
        minimum,
        target,
        excellent
    from {{ ref('int_derived_anchor') }}
    union all
    select
        'preview' as window_kind,
        preview.window_start,
        anchors.kpi_id,
        anchors.minimum,
        anchors.target,
        anchors.excellent
    from {{ ref('int_derived_anchor') }} as anchors
    inner join windows as newest
        on newest.is_current and anchors.window_kind = newest.window_kind and anchors.window_start = newest.window_start
    inner join windows as preview on preview.window_kind = 'preview'
)

select
    weights.window_kind,
    weights.window_start,
    weights.role,
    weights.kpi_id,
    weights.weight,
    coalesce(own.minimum, everybody.minimum, derived.minimum) as minimum,
    coalesce(own.target, everybody.target, derived.target) as target,
    coalesce(own.excellent, everybody.excellent, derived.excellent) as excellent,
    coalesce(own.basis, everybody.basis, 'value') as basis,
    coalesce(own.owner, everybody.owner, 'derived') as owner,
    case when coalesce(own.kpi_id, everybody.kpi_id) is null then 'derived' else 'standard' end as anchors_source
from weights
inner join windows on weights.window_kind = windows.window_kind and weights.window_start = windows.window_start
left join standards as own
    on weights.kpi_id = own.kpi_id and weights.role = own.role and own.role <> '*'
    and windows.window_end >= own.valid_from and windows.window_end < own.valid_until
left join standards as everybody
    on weights.kpi_id = everybody.kpi_id and everybody.role = '*'
    and windows.window_end >= everybody.valid_from and windows.window_end < everybody.valid_until
left join derived
    on weights.window_kind = derived.window_kind and weights.window_start = derived.window_start
    and weights.kpi_id = derived.kpi_id
where coalesce(own.target, everybody.target, derived.target) is not null
