with judged as (
    select
        *,
        cast(near as bigint) as tries,
        cast(up as bigint) as hits
    from {{ ref('int_hovering') }}
)

select
    grain,
    entity_id,
    kpi_id,
    window_kind,
    window_start,
    minimum,
    round(reach, 9) as reach,
    cast(days as bigint) as days,
    cast(agents as bigint) as agents,
    tries as days_near,
    hits as days_above,
    round(hits / nullif(cast(tries as double), 0e0), 9) as share_above,
    round(expected_share, 9) as expected_share,
    case when is_judged then z end as z,
    case when is_judged then round({{ binomial_upper_tail('hits', 'tries', 'expected_share') }}, 12) end as p_independent_days,
    case
        when not is_judged then 'too_few'
        -- one-sided at 5 %, the same z as the 90 % intervals
        when z >= {{ var('interval_z') }}e0 then 'hovering'
        else 'smooth'
    end as verdict
from judged
