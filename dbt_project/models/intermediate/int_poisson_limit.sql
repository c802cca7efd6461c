-- Exact Poisson funnel limits at few expected events, where Byar's formula is off. The limits are the points that a gamma
-- variable of shape `expected` (lower) or `expected + 1` (upper) undershoots with the wanted probability. Newton's method
-- on the log scale finds them: ln P is concave in ln x, so from a start on the left every step comes closer.
with wanted as (
    select
        kpi_id,
        grain,
        n,
        centre_value * n as expected
    from {{ ref('int_funnel_size') }}
    where family = 'count' and n > 0 and centre_value > 0 and centre_value * n < {{ var('funnel_exact_below') }}
    group by kpi_id, grain, n, centre_value
),

points as (
    {% for bound, sign, z, probability in funnel_limits() %}
    select
        kpi_id,
        grain,
        n,
        '{{ bound }}' as bound,
        expected {{ '+ 1e0' if sign == '+' }} as shape,
        {{ probability }} as wanted_mass,
        {{ sign }}{{ z }} as z
    from wanted
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- the larger of two starts: exact for few events, Wilson and Hilferty for many
step_0 as (
    select
        *,
        greatest(
            (ln(wanted_mass) + {{ ln_factorial('shape') }}) / shape,
            ln(shape) + 3e0 * ln(greatest(1e-9, 1e0 - 1e0 / (9e0 * shape) + z / (3e0 * sqrt(shape))))
        ) as log_x
    from points
),
{% for step in range(1, 6) %}
mass_{{ step }} as (
    select
        kpi_id,
        grain,
        n,
        bound,
        shape,
        wanted_mass,
        log_x,
        sum(exp((shape + k) * log_x - exp(log_x) - {{ ln_factorial('shape + k') }})) as mass
    from step_{{ step - 1 }}
    cross join unnest(generate_series(
        0, cast(greatest(30e0, exp(log_x) + 10e0 * sqrt(exp(log_x)) + 30e0 - shape) as bigint)
    )) as terms(k)
    group by kpi_id, grain, n, bound, shape, wanted_mass, log_x
),

step_{{ step }} as (
    select
        kpi_id,
        grain,
        n,
        bound,
        shape,
        wanted_mass,
        log_x + ln(wanted_mass / mass) * mass / exp(shape * log_x - exp(log_x) - {{ ln_factorial('shape - 1e0') }}) as log_x
    from mass_{{ step }}
),
{% endfor %}
found as (
    select * from step_5
)

select
    kpi_id,
    grain,
    n,
    bound,
    round(exp(log_x) / n, 9) as limit_value
from found
