-- A role with rows of its own for a KPI is held to those; what held before its first one is the row of everybody.
with span as (
    select * from {{ ref('int_data_span') }}
),

roles as (
    select role from {{ ref('dim_agent') }}
    where role is not null
    union
    select '*' as role
),

dated as (
    select
        standards.*,
        cast(lead(standards.valid_from) over series - 1 as date) as valid_until,
        lag(standards.target) over series as earlier_target,
        lag(standards.basis) over series as earlier_basis
    from {{ ref('kpi_standards') }} as standards
    window series as (partition by standards.role, standards.kpi_id order by standards.valid_from)
),

-- the newest weights in force; a role with rows of its own uses only those
weight_versions as (
    select
        weights.role,
        max(weights.valid_from) as valid_from
    from {{ ref('role_weights') }} as weights
    cross join span
    where weights.valid_from <= span.last_day
    group by weights.role
),

weights as (
    select
        roles.role,
        weights.kpi_id,
        weights.weight
    from roles
    left join weight_versions as own on roles.role = own.role
    inner join weight_versions as chosen on coalesce(own.role, '*') = chosen.role
    inner join {{ ref('role_weights') }} as weights
        on chosen.role = weights.role and chosen.valid_from = weights.valid_from
    where weights.weight > 0
)

select
    dated.role,
    dated.kpi_id,
    dated.valid_from,
    dated.valid_until,
    round(dated.minimum, 9) as minimum,
    round(dated.target, 9) as target,
    round(dated.excellent, 9) as excellent,
    round(
        case
            when dated.earlier_target is null and everybody.basis = dated.basis then everybody.target
            when dated.earlier_basis = dated.basis then dated.earlier_target
        end, 9
    ) as previous_target,
    dated.basis,
    dated.owner,
    weights.weight,
    coalesce(dated.valid_from <= span.last_day and coalesce(dated.valid_until, span.last_day) >= span.last_day, false) as is_in_force
from dated
inner join roles on dated.role = roles.role
cross join span
left join dated as everybody
    on everybody.role = '*'
    and dated.role <> '*'
    and dated.kpi_id = everybody.kpi_id
    and dated.valid_from > everybody.valid_from
    and dated.valid_from <= coalesce(everybody.valid_until, dated.valid_from) + 1
left join weights on dated.role = weights.role and dated.kpi_id = weights.kpi_id
