{% test one_period_compares(model) %}
    -- not exactly one period of comparison, or one that is a running quarter
    select count(*) as periods
    from {{ model }}
    having count(*) > 0 and (
        count(*) filter (where is_comparison) <> 1
        or count(*) filter (where is_comparison and period_kind = 'quarter' and not is_complete) > 0
    )
{% endtest %}
