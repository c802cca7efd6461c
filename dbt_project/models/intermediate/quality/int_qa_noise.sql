with sums as (
    select
        window_kind,
        window_start,
        count(*) filter (where n > 0) as agents,
        sum(n) as forms,
        sum(o) / nullif(sum(n), 0) as mean_points,
        sum(greatest(0e0, ss - o * o / n)) filter (where n > 0) / nullif(sum(n - 1) filter (where n > 0), 0) as form_variance,
        var_samp(o / nullif(n, 0)) as between_means,
        avg(1e0 / nullif(n, 0)) as average_part,
        sum(critical_errors) / nullif(cast(sum(critical_n) as double), 0e0) as critical_error_share
    from {{ ref('int_qa_window') }}
    group by window_kind, window_start
)

select
    window_kind,
    window_start,
    agents,
    forms,
    mean_points,
    form_variance,
    -- rounded: it decides below whether agents differ at all
    round(greatest(0e0, between_means - form_variance * average_part), 9) as tau2,
    critical_error_share
from sums
