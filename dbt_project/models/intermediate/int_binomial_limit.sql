-- Exact binomial funnel limits with Spiegelhalter's (2005) interpolation at small n, where the normal curve is off.
with wanted as (
    select distinct
        kpi_id,
        grain,
        n,
        centre_value as p
    from {{ ref('int_funnel_size') }}
    where family = 'prop' and n < {{ var('funnel_exact_below') }} and centre_value > 0 and centre_value < 1
),

terms as (
    select
        wanted.*,
        k,
        exp(
            {{ ln_factorial('n') }} - {{ ln_factorial('k') }} - {{ ln_factorial('n - k') }}
            + k * ln(p) + (n - k) * ln(1e0 - p)
        ) as probability
    from wanted
    cross join unnest(generate_series(0, n)) as successes(k)
),

cumulated as (
    select
        *,
        sum(probability) over (partition by kpi_id, grain, n order by k) as at_most
    from terms
),

quantiles as (
    select *
    from (values (0.025e0, 'low_95'), (0.975e0, 'high_95'), (0.001e0, 'low_998'), (0.999e0, 'high_998')) as quantile(q, bound)
),

reached as (
    select
        cumulated.*,
        quantiles.q,
        quantiles.bound,
        row_number() over (partition by kpi_id, grain, n, quantiles.bound order by k) as reached_order
    from cumulated
    inner join quantiles on cumulated.at_most >= quantiles.q
)

select
    kpi_id,
    grain,
    n,
    bound,
    -- rounded so that the last bits of the gamma function do not decide a comparison
    round((k - (at_most - q) / probability) / n, 9) as limit_value
from reached
where reached_order = 1
