{#- What the models read from vars.kpis. Only these macros know the shape of a catalogue entry. -#}

{%- macro kpis_from(source) -%}
    {{ return(var('kpis') | selectattr('from', 'equalto', source) | list) }}
{%- endmacro -%}

{#- Fill {setting} in an expression or a sentence with that setting's value, so that a number stands in one place. -#}
{%- macro with_settings(text) -%}
    {%- set ns = namespace(text=text) -%}
    {%- for name in ['short_contact_seconds', 'short_abandon_seconds', 'service_level_seconds', 'first_contact_window_days'] -%}
        {%- set ns.text = ns.text | replace('{' ~ name ~ '}', var(name) | string) -%}
    {%- endfor -%}
    {{ return(ns.text) }}
{%- endmacro -%}

{%- macro text_literal(text) -%}
    '{{ text | string | replace("'", "''") }}'
{%- endmacro -%}

{#- The measure as a number: a proportion's true and false become 1 and 0. -#}
{%- macro kpi_measure(kpi) -%}
    {%- if kpi['family'] in ('prop', 'volume') -%}
        case when {{ with_settings(kpi['measure']) }} then 1e0 else 0e0 end
    {%- else -%}
        cast({{ with_settings(kpi['measure']) }} as double)
    {%- endif -%}
{%- endmacro -%}

{#- Columns <kpi>_n, <kpi>_o, <kpi>_ss summed over rows. A share's squares are its sum, so they are not summed again. -#}
{%- macro kpi_sums(source) -%}
    {%- for kpi in kpis_from(source) %}
    count(*) filter (where {{ with_settings(kpi['counts']) }}) as {{ kpi['id'] }}_n,
    coalesce(sum({{ kpi_measure(kpi) }}) filter (where {{ with_settings(kpi['counts']) }}), 0e0) as {{ kpi['id'] }}_o
    {%- if kpi['family'] not in ('prop', 'volume') -%}
    ,
    coalesce(
        sum({{ kpi_measure(kpi) }} * {{ kpi_measure(kpi) }}) filter (where {{ with_settings(kpi['counts']) }}), 0e0
    ) as {{ kpi['id'] }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- The same columns summed once more, over finer sums. -#}
{%- macro kpi_resums(source) -%}
    {%- for kpi in kpis_from(source) %}
    sum({{ kpi['id'] }}_n) as {{ kpi['id'] }}_n,
    sum({{ kpi['id'] }}_o) as {{ kpi['id'] }}_o
    {%- if kpi['family'] not in ('prop', 'volume') -%}
    ,
    sum({{ kpi['id'] }}_ss) as {{ kpi['id'] }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- Names of those columns, for a union. -#}
{%- macro kpi_columns(source) -%}
    {%- for kpi in kpis_from(source) %}
    {{ kpi['id'] }}_n,
    {{ kpi['id'] }}_o
    {%- if kpi['family'] not in ('prop', 'volume') -%}
    ,
    {{ kpi['id'] }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- One select per KPI: wide sums of `relation` become rows of (n, o, ss) and the sums of the period before. -#}
{%- macro kpi_rows(source, relation) -%}
    {%- for kpi in kpis_from(source) %}
    select
        '{{ kpi["id"] }}' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        cast({{ kpi['id'] }}_n as bigint) as n,
        cast({{ kpi['id'] }}_o as double) as o,
        cast({{ kpi['id'] }}_{{ 'o' if kpi['family'] in ('prop', 'volume') else 'ss' }} as double) as ss,
        cast({{ kpi['id'] }}_previous_n as bigint) as previous_n,
        cast({{ kpi['id'] }}_previous_o as double) as previous_o
    from {{ relation }}
    where {{ kpi['id'] }}_n > 0
        and grain in ({% for grain in kpi['grains'] %}'{{ grain }}'{{ ', ' if not loop.last }}{% endfor %})
    {% if not loop.last %}union all{% endif -%}
    {%- endfor %}
{%- endmacro -%}
