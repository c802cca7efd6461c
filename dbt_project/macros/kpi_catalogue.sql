{#- What the models read from vars.kpis. Only these macros know the shape of a catalogue entry. -#}

{%- macro kpis_from(source) -%}
    {{ return(var('kpis') | selectattr('from', 'equalto', source) | list) }}
{%- endmacro -%}

{#- Fill {setting} in an expression or a sentence with that setting's value, so that a number stands in one place. What
    is measured from the data (vars.measured_settings) has no value yet and is filled by `measured_text`. -#}
{%- macro with_settings(text) -%}
    {%- set ns = namespace(text=text) -%}
    {%- for name in modules.re.findall('[{]([a-z0-9_]+)[}]', text) if name not in var('measured_settings') -%}
        {%- set ns.text = ns.text | replace('{' ~ name ~ '}', var(name) | string) -%}
    {%- endfor -%}
    {{ return(ns.text) }}
{%- endmacro -%}

{#- A sentence as SQL text, with settings filled in, those measured from the data included. -#}
{%- macro measured_text(text) -%}
    {%- set ns = namespace(sql=text_literal(with_settings(text))) -%}
    {%- for name, model in var('measured_settings').items() if '{' ~ name ~ '}' in text -%}
        {%- set ns.sql = 'replace(' ~ ns.sql ~ ", '{" ~ name ~ "}', cast((select " ~ name ~ ' from ' ~ ref(model) ~ ') as varchar))' -%}
    {%- endfor -%}
    {{ return(ns.sql) }}
{%- endmacro -%}

{#- How many days an observation stays open, as SQL. -#}
{%- macro settling_days(kpi) -%}
    {%- set name = kpi.get('settles_after_days') -%}
    {%- if name in var('measured_settings') -%}
        {{ return('(select ' ~ name ~ ' from ' ~ ref(var('measured_settings')[name]) ~ ')') }}
    {%- endif -%}
    {{ return(var(name) if name else 0) }}
{%- endmacro -%}

{#- Whether squares must be summed apart: those of a share or a total are the sum itself, events have none. -#}
{%- macro has_squares(kpi) -%}
    {{ return(kpi['family'] in ('mean', 'logmean')) }}
{%- endmacro -%}

{%- macro text_literal(text) -%}
    '{{ text | string | replace("'", "''") }}'
{%- endmacro -%}

{#- The measure as a number: a proportion's true and false become 1 and 0. -#}
{%- macro kpi_measure(kpi, measure) -%}
    {%- if kpi['family'] in ('prop', 'volume') -%}
        case when {{ with_settings(measure) }} then 1e0 else 0e0 end
    {%- else -%}
        cast({{ with_settings(measure) }} as double)
    {%- endif -%}
{%- endmacro -%}

{#- Sum of a measure. In millionths, as whole numbers: the order in which threads add up doubles shows in the last digits,
    and a value that lies between two published digits would change from build to build. -#}
{%- macro exact_sum(measure, counts, digits=18) -%}
    coalesce(sum(cast({{ measure }} as decimal({{ digits }}, 6))) filter (where {{ counts }}), 0)
{%- endmacro -%}

{#- Observations of a column set. -#}
{%- macro kpi_count(set) -%}
    count(*) filter (where {{ set.counts }})
{%- endmacro -%}

{#- The value of a KPI in one line, made of the sums that run; `counts` chooses the observations, for everybody or for
    people. This is the formula a reader sees. -#}
{%- macro kpi_formula(kpi, counts) -%}
    {%- if kpi['family'] == 'index' -%}
        {{ return(index_formula(kpi['id'])) }}
    {%- endif -%}
    {%- set set = kpi_column_set(kpi, kpi['id'], counts, kpi['measure']) -%}
    {%- set total = exact_sum(set.measure, set.counts) -%}
    {%- set weight = exact_sum(set.weight, set.counts) if set.weight else kpi_count(set) -%}
    {{ return(total if kpi['family'] == 'volume' else sum_over_sum(total, weight)) }}
{%- endmacro -%}

{#- One column set: prefix, counts, measure, weight (SQL or none) and has_squares. -#}
{%- macro kpi_column_set(kpi, prefix, counts, measure) -%}
    {{ return({
        'prefix': prefix,
        'counts': with_settings(counts),
        'measure': kpi_measure(kpi, measure),
        'weight': with_settings(kpi['weight']) if 'weight' in kpi else none,
        'has_squares': has_squares(kpi),
        'is_by_work': kpi.get('grains', []) | select('in', ['queue', 'channel', 'reason']) | list | length > 0,
    }) }}
{%- endmacro -%}

{#- The column sets a KPI is summed into: its own and, where an entry has `counts_for_people`, a second one for agents
    and teams, whose observations are chosen by that condition. Sums that are no KPI (vars.sums) come last. -#}
{%- macro kpi_column_sets(source) -%}
    {%- set sets = [] -%}
    {%- for kpi in kpis_from(source) -%}
        {%- do sets.append(kpi_column_set(kpi, kpi['id'], kpi['counts'], kpi['measure'])) -%}
        {%- if 'counts_for_people' in kpi -%}
            {%- do sets.append(kpi_column_set(kpi, kpi['id'] ~ '_people', kpi['counts_for_people'], kpi['measure'])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for entry in var('sums') if entry['from'] == source -%}
        {%- do sets.append(kpi_column_set(entry, entry['id'], entry['counts'], entry['measure'])) -%}
    {%- endfor -%}
    {{ return(sets) }}
{%- endmacro -%}

{#- Columns <prefix>_n, <prefix>_w, <prefix>_o, <prefix>_ss summed over rows: observations, weight, measure, and its
    squares over the weight. Without a weight of its own every observation weighs 1 and there is no _w. `only_by_work`
    leaves out KPIs that are never shown by queue, channel or reason. -#}
{%- macro kpi_sums(source, only_by_work=false) -%}
    {%- for set in kpi_column_sets(source) if set.is_by_work or not only_by_work %}
    {{ kpi_count(set) }} as {{ set.prefix }}_n,
    {{ exact_sum(set.measure, set.counts) }} as {{ set.prefix }}_o
    {%- if set.weight -%}
    ,
    {{ exact_sum(set.weight, set.counts) }} as {{ set.prefix }}_w
    {%- endif -%}
    {%- if set.has_squares -%}
    ,
    {% set square = set.measure ~ ' * ' ~ set.measure ~ (' / nullif(' ~ set.weight ~ ', 0e0)' if set.weight else '') -%}
    {{ exact_sum(square, set.counts, 28) }} as {{ set.prefix }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- The same columns summed once more, over finer sums; with `only_by_work` the others are 0. -#}
{%- macro kpi_resums(source, only_by_work=false) -%}
    {%- for set in kpi_column_sets(source) %}
    {%- for suffix in ['n', 'o'] + (['w'] if set.weight else []) + (['ss'] if set.has_squares else []) %}
    {% if set.is_by_work or not only_by_work -%}
    sum({{ set.prefix }}_{{ suffix }}) as {{ set.prefix }}_{{ suffix }}
    {%- else -%}
    0 as {{ set.prefix }}_{{ suffix }}
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- Names of those columns, for a union. -#}
{%- macro kpi_columns(source) -%}
    {%- for set in kpi_column_sets(source) %}
    {{ set.prefix }}_n,
    {{ set.prefix }}_o
    {%- if set.weight -%}
    ,
    {{ set.prefix }}_w
    {%- endif -%}
    {%- if set.has_squares -%}
    ,
    {{ set.prefix }}_ss
    {%- endif -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- One select per KPI (and one more for people where it differs): wide sums of `relation` become rows of (n, w, o, ss)
    and the sums of the period before. -#}
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
        cast({{ prefix }}_{{ 'w' if 'weight' in kpi else 'n' }} as double) as w,
        cast({{ prefix }}_o as double) as o,
        cast({{ prefix }}_{{ 'ss' if has_squares(kpi) else 'o' }} as double) as ss,
        cast({{ prefix }}_previous_w as double) as previous_w,
        cast({{ prefix }}_previous_o as double) as previous_o
    from {{ relation }}
    where {{ prefix }}_n > 0
        and grain in ({% for grain in grains %}'{{ grain }}'{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro -%}
