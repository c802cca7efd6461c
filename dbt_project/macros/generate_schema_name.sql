{# Schemas are named by layer alone, so that the site's `marts` schema has one name in every environment. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
