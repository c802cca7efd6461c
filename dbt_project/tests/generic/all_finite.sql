{% test all_finite(model, columns) %}
    -- infinite or not-a-number values: DuckDB's x/0 is not NULL and would become invalid JSON
    select *
    from {{ model }}
    where false {% for column in columns %} or not isfinite({{ column }}){% endfor %}
{% endtest %}
