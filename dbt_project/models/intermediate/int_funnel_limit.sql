with exact as (
    select
        kpi_id,
        grain,
        n,
        {% for bound, sign, z, probability in funnel_limits() %}
        max(case when bound = '{{ bound }}' then limit_value end) as exact_{{ bound }}{{ "," if not loop.last }}
        {% endfor %}
    from (
        select * from {{ ref('int_binomial_limit') }}
        union all
        select * from {{ ref('int_poisson_limit') }}
    ) as limits
    group by kpi_id, grain, n
),

errors as (
    select
        *,
        {{ funnel_deviation_error() }} as chance_error
    from {{ ref('int_funnel_size') }}
),

sizes as (
    select
        errors.*,
        {% for bound, sign, z, probability in funnel_limits() %}
        exact.exact_{{ bound }},
        {% endfor %}
        coalesce(spread.is_overdispersed, false) as is_overdispersed,
        sqrt(errors.chance_error * errors.chance_error + coalesce(spread.tau2, 0e0)) as widened_error
    from errors
    left join exact on errors.kpi_id = exact.kpi_id and errors.grain = exact.grain and errors.n = exact.n
    left join {{ ref('int_funnel_spread') }} as spread on errors.kpi_id = spread.kpi_id and errors.grain = spread.grain
),

bounds as (
    select
        kpi_id,
        grain,
        family,
        n,
        is_grid,
        centre_value,
        is_overdispersed
        {%- for bound, sign, z, probability in funnel_limits() %},
        {{ funnel_chance_bound(sign, z, 'exact_' ~ bound) }} as chance_{{ bound }},
        {{ funnel_bound(sign, z, 'widened_error') }} as widened_{{ bound }}
        {%- endfor %}
    from sizes
)

select
    kpi_id,
    grain,
    family,
    n,
    is_grid,
    centre_value,
    is_overdispersed,
    {% for bound, sign, z, probability in funnel_limits() %}
    -- limits of an overdispersed funnel are never narrower than those of chance alone
    round(case
        when is_overdispersed
            then {{ 'least' if sign == '-' else 'greatest' }}(chance_{{ bound }}, widened_{{ bound }})
        else chance_{{ bound }}
    end, 9) as {{ bound }}{{ "," if not loop.last }}
    {% endfor %}
from bounds
where chance_low_95 is not null
