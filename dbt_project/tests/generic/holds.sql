{% test holds(model, condition) %}
    -- rows for which a rule between columns does not hold; say the rule in the test's name
    select *
    from {{ model }}
    where not coalesce(({{ condition }}), true)
{% endtest %}
