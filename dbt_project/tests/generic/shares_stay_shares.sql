{% test shares_stay_shares(model) %}
    -- a share outside 0..1, or outside its own interval
    select measured.*
    from {{ model }} as measured
    inner join {{ ref('dim_kpi') }} as kpi on measured.kpi_id = kpi.kpi_id and kpi.unit = 'share'
    where not (
        measured.value between 0 and 1
        and measured.value between measured.interval_low - 1e-9 and measured.interval_high + 1e-9
    )
{% endtest %}
