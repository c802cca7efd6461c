with sizes as (
    select * from {{ ref('int_funnel_size') }}
),

exact as (
    select
        kpi_id,
        grain,
        n,
        max(case when bound = 'low_95' then limit_value end) as low_95,
        max(case when bound = 'high_95' then limit_value end) as high_95,
        max(case when bound = 'low_998' then limit_value end) as low_998,
        max(case when bound = 'high_998' then limit_value end) as high_998
    from {{ ref('int_binomial_limit') }}
    group by kpi_id, grain, n
),

-- standard error of an average of n observations; times spread in proportion, so theirs is on the log scale
errors as (
    select
        *,
        case
            when family = 'prop' then sqrt(centre_value * (1e0 - centre_value) / n)
            when family = 'mean' then within_sd / sqrt(n)
            else within_sd / nullif(centre_value, 0e0) / sqrt(n)
        end as error
    from sizes
)

select
    errors.kpi_id,
    errors.grain,
    errors.family,
    errors.n,
    errors.is_grid,
    errors.centre_value,
    {% for bound, sign, z in [
        ('low_95', '-', '1.959963984540054e0'),
        ('high_95', '+', '1.959963984540054e0'),
        ('low_998', '-', '3.090232306167813e0'),
        ('high_998', '+', '3.090232306167813e0'),
    ] %}
    {% set inner, outer, edge = ('least', 'greatest', '0e0') if sign == '-' else ('greatest', 'least', '1e0') %}
    round(case
        -- interpolated between two counts, a limit of very few observations can fall on the wrong side of the centre
        when errors.family = 'prop' then {{ inner }}(errors.centre_value, {{ outer }}({{ edge }}, coalesce(
            exact.{{ bound }}, errors.centre_value {{ sign }} {{ z }} * errors.error
        )))
        when errors.family = 'mean' then errors.centre_value {{ sign }} {{ z }} * errors.error
        else errors.centre_value * exp({{ sign }} {{ z }} * errors.error)
    end, 9) as {{ bound }}{{ "," if not loop.last }}
    {% endfor %}
from errors
left join exact on errors.kpi_id = exact.kpi_id and errors.grain = exact.grain and errors.n = exact.n
where errors.error is not null
