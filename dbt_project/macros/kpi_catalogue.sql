{#- What the models read from vars.kpis. Only these macros know the shape of a catalogue entry. -#}

{%- macro kpis_from(source) -%}
    {{ return(var('kpis') | selectattr('from', 'equalto', source) | list) }}
{%- endmacro -%}

{#- Fill {setting} in an expression or a sentence with that setting's value, so that a number stands in one place. -#}
{%- macro with_settings(text) -%}
    {%- set ns = namespace(text=text) -%}
    {%- for name in modules.re.findall('[{]([a-z0-9_]+)[}]', text) -%}
        {%- set ns.text = ns.text | replace('{' ~ name ~ '}', var(name) | string) -%}
    {%- endfor -%}
    {{ return(ns.text) }}
{%- endmacro -%}

{#- Whether squares must be summed apart: those of a share or a total are the sum itself. -#}
{%- macro has_squares(kpi) -%}
    {{ return(kpi['family'] not in ('prop', 'volume')) }}
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

{#- The column sets a KPI is summed into: its own and, where an entry has `counts_for_people`, a second one for agents
    and teams, whose observations are chosen by that condition. Each is a map of prefix, counts, measure and has_squares;
    a share's squares are its sum, so they are not summed again. -#}
{%- macro kpi_column_sets(source) -%}
    {%- set sets = [] -%}
    {%- for kpi in kpis_from(source) -%}
        {%- set measure = kpi_measure(kpi) -%}
        {%- do sets.append({'prefix': kpi['id'], 'counts': with_settings(kpi['counts']), 'measure': measure, 'has_squares': has_squares(kpi)}) -%}
        {%- if 'counts_for_people' in kpi -%}
            {%- do sets.append({'prefix': kpi['id'] ~ '_people', 'counts': with_settings(kpi['counts_for_people']), 'measure': measure, 'has_squares': has_squares(kpi)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(sets) }}
{%- endmacro -%}

{#- Columns <prefix>_n, <prefix>_o, <prefix>_ss summed over rows. -#}
{%- macro kpi_sums(source) -%}
    {%- for set in kpi_column_sets(source) %}
    count(*) filter (where {{ set.counts }}) as {{ set.prefix }}_n,
    coalesce(sum({{ set.measure }}) filter (where {{ set.counts }}), 0e0) as {{ set.prefix }}_o
    {%- if set.has_squares -%}
    ,
    coalesce(sum({{ set.measure }} * {{ set.measure }}) filter (where {{ set.counts }}), 0e0) as {{ set.prefix }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- The same columns summed once more, over finer sums. -#}
{%- macro kpi_resums(source) -%}
    {%- for set in kpi_column_sets(source) %}
    sum({{ set.prefix }}_n) as {{ set.prefix }}_n,
    sum({{ set.prefix }}_o) as {{ set.prefix }}_o
    {%- if set.has_squares -%}
    ,
    sum({{ set.prefix }}_ss) as {{ set.prefix }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- Names of those columns, for a union. -#}
{%- macro kpi_columns(source) -%}
    {%- for set in kpi_column_sets(source) %}
    {{ set.prefix }}_n,
    {{ set.prefix }}_o
    {%- if set.has_squares -%}
    ,
    {{ set.prefix }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- One select per KPI (and one more for people where it differs): wide sums of `relation` become rows of (n, o, ss) and
    the sums of the period before. -#}
{%- macro kpi_rows(source, relation) -%}
    {%- set kpis = kpis_from(source) -%}
    {%- set people = ['agent', 'team'] -%}
    {%- for kpi in kpis %}
    {% set differs = 'counts_for_people' in kpi -%}
    {{ kpi_row_select(kpi, kpi['id'], kpi['grains'] | reject('in', people if differs else []) | list, relation) }}
    {%- if differs %}
    union all
    {{ kpi_row_select(kpi, kpi['id'] ~ '_people', kpi['grains'] | select('in', people) | list, relation) }}
    {%- endif %}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro -%}

{%- macro kpi_row_select(kpi, prefix, grains, relation) -%}
    select
        '{{ kpi["id"] }}' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        cast({{ prefix }}_n as bigint) as n,
        cast({{ prefix }}_o as double) as o,
        cast({{ prefix }}_{{ 'ss' if has_squares(kpi) else 'o' }} as double) as ss,
        cast({{ prefix }}_previous_n as bigint) as previous_n,
        cast({{ prefix }}_previous_o as double) as previous_o
    from {{ relation }}
    where {{ prefix }}_n > 0
        and grain in ({% for grain in grains %}'{{ grain }}'{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro -%}
