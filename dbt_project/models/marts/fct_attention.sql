-- What the overview says first; int_finding holds all there is to say.
with ordered as (
    select
        *,
        row_number() over (
            order by
                case when finding = 'special_cause_concern' then 0 else 1 end,
                case grain when 'centre' then 0 when 'team' then 1 else 2 end,
                strength desc nulls last,
                kpi_id,
                entity_id,
                rule
        ) as position
    from {{ ref('int_finding') }}
    where is_said
)

select
    cast(position as bigint) as position,
    kpi_id,
    grain,
    entity_id,
    period_start,
    value,
    centre_line,
    target,
    finding,
    rule,
    assurance
from ordered
where position <= {{ var('attention_rows') }}
