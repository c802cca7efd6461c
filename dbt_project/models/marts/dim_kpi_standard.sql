with span as (
    select * from {{ ref('int_data_span') }}
),

ordered as (
    select
        standards.*,
        lead(standards.valid_from) over (partition by standards.kpi_id, standards.role order by standards.valid_from) as next_from
    from {{ ref('kpi_standards') }} as standards
)

select
    ordered.kpi_id,
    ordered.role,
    ordered.valid_from,
    ordered.minimum,
    ordered.target,
    ordered.excellent,
    ordered.basis,
    ordered.owner,
    case
        when span.last_day is null then ordered.next_from is null
        else ordered.valid_from <= span.last_day and (ordered.next_from is null or ordered.next_from > span.last_day)
    end as is_in_force
from ordered
left join span on true
inner join {{ ref('dim_kpi') }} as kpi on ordered.kpi_id = kpi.kpi_id
