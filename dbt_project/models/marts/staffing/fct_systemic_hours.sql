-- Only where a shortfall is a matter of time: the distance from the target over everything that counted in the window.
with wide as (
    select
        kpi_id,
        window_kind,
        window_start,
        abs(gap) as gap
    from {{ ref('fct_systemic') }}
    where is_centre_wide
),

centre as (
    select
        kpi_id,
        period_kind,
        period_start,
        n,
        value
    from {{ ref('fct_kpi_value') }}
    where grain = 'centre'
),

counted as (
    select
        wide.kpi_id,
        wide.window_kind,
        wide.window_start,
        wide.gap,
        own.n,
        kpi.unit,
        handling.value as handle_seconds
    from wide
    inner join {{ ref('dim_kpi') }} as kpi on wide.kpi_id = kpi.kpi_id
    inner join centre as own
        on wide.kpi_id = own.kpi_id and wide.window_kind = own.period_kind and wide.window_start = own.period_start
    left join centre as handling
        on handling.kpi_id = 'average_handle_time'
        and wide.window_kind = handling.period_kind and wide.window_start = handling.period_start
),

timed as (
    select
        kpi_id,
        window_kind,
        window_start,
        case
            when unit = 'seconds' then gap * n / 3600e0
            -- solved at first contact means that the customer did not come back: every missing one is one contact more
            when kpi_id = 'first_contact_resolution' then gap * n * handle_seconds / 3600e0
        end as hours,
        case when kpi_id in ('speed_of_answer', 'first_response_time') then 'customers' else 'staff' end as whose
    from counted
)

select
    kpi_id,
    window_kind,
    window_start,
    whose,
    round(hours, 6) as hours
from timed
where hours is not null
