{#- People are compared by the KPIs of vars.kpis that may be shown for an agent and whose family has a sampling variance.
    Only these macros know how such an entry becomes sums per agent, month and stratum. METHOD.md section 2. -#}

{%- macro standing_sets(source) -%}
    {%- set sets = [] -%}
    {%- for kpi in kpis_from(source) if 'agent' in kpi['grains'] and kpi['family'] in ('prop', 'mean', 'logmean', 'count') -%}
        {%- set set = kpi_column_set(
            kpi,
            kpi['id'],
            kpi.get('counts_for_people', kpi['counts']),
            kpi.get('fair_measure', kpi['measure']),
        ) -%}
        {%- do set.update({'strata_without': kpi.get('strata_without', [])}) -%}
        {%- do sets.append(set) -%}
    {%- endfor -%}
    {{ return(sets) }}
{%- endmacro -%}

{#- What work must share to be alike, as one text; unknown parts stay empty, and without columns all work is alike. A
    column that the KPI itself is about (`without`) keeps its place and stays empty. -#}
{%- macro stratum(columns, without=[]) -%}
    {%- if not columns -%}
        ''
    {%- endif -%}
    {%- for column in columns -%}
        {% if column in without %}''{% else %}coalesce({{ column }}, ''){% endif %}{{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro -%}

{#- One pass over the rows of a source: sums per agent, month and stratum, wide. -#}
{%- macro standing_sums(source) -%}
    {%- set strata = var('case_mix_strata').get(source, []) -%}
    select
        agent_id,
        cast(date_trunc('month', day) as date) as month_start,
        {%- for column in strata %}
        {{ column }},
        {%- endfor %}
        {%- for set in standing_sets(source) %}
        count(*) filter (where {{ set.counts }}) as {{ set.prefix }}_n,
        {{ exact_sum(set.measure, set.counts) }} as {{ set.prefix }}_o
        {%- if set.weight %},
        {{ exact_sum(set.weight, set.counts) }} as {{ set.prefix }}_w
        {%- endif %}
        {%- if set.has_squares %},
        coalesce(
            sum({{ set.measure }} * {{ set.measure }}{% if set.weight %} / nullif({{ set.weight }}, 0e0){% endif %})
                filter (where {{ set.counts }}),
            0e0
        ) as {{ set.prefix }}_ss
        {%- endif %}
        {{- "," if not loop.last }}
        {%- endfor %}
    from {{ ref('int_' ~ source[:-1]) }}
    where agent_id is not null
    group by agent_id, cast(date_trunc('month', day) as date){% for column in strata %}, {{ column }}{% endfor %}

{%- endmacro -%}

{#- Those columns added up once more by the columns of the strata, and the strata as texts, made once for all KPIs. -#}
{%- macro standing_resums(source) -%}
    {{ stratum(var('case_mix_strata').get(source, [])) }} as stratum,
    {{ stratum(var('case_mix_coarse').get(source, [])) }} as coarse_stratum,
    {%- for set in standing_sets(source) %}
    {%- for suffix in ['n', 'o'] + (['w'] if set.weight else []) + (['ss'] if set.has_squares else []) %}
    sum({{ set.prefix }}_{{ suffix }}) as {{ set.prefix }}_{{ suffix }}{{ "," if not loop.last }}
    {%- endfor -%}
    {{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro -%}

{#- The same as rows, one select per KPI. `keys` are further columns of `relation`; `condition` sees kpi as {kpi}. Where a KPI
    leaves a stratum out, several rows fall together and are added up. -#}
{%- macro standing_rows(source, relation, keys, condition='') -%}
    {%- for set in standing_sets(source) %}
    {%- set sums = {
        'n': set.prefix ~ '_n',
        'w': set.prefix ~ ('_w' if set.weight else '_n'),
        'o': set.prefix ~ '_o',
        'ss': set.prefix ~ ('_ss' if set.has_squares else '_o'),
    } %}
    {%- set summed = set.strata_without | length > 0 %}
    select
        {% for key in keys -%}
        {{ key }},
        {% endfor -%}
        '{{ set.prefix }}' as kpi_id,
        {% if summed -%}
        {{ stratum(var('case_mix_strata').get(source, []), set.strata_without) }} as stratum,
        {{ stratum(var('case_mix_coarse').get(source, []), set.strata_without) }} as coarse_stratum,
        {% else -%}
        stratum,
        coarse_stratum,
        {% endif -%}
        {% for name, column in sums.items() -%}
        cast({{ 'sum(' ~ column ~ ')' if summed else column }} as {{ 'bigint' if name == 'n' else 'double' }}) as {{ name }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ relation }}
    where {{ sums.n }} > 0 and {{ sums.w }} > 0{% if condition %} and {{ condition | replace('{kpi}', set.prefix) }}{% endif %}

    {% if summed -%}
    group by
        {{ keys | join(',\n        ') }},
        {{ stratum(var('case_mix_strata').get(source, []), set.strata_without) }},
        {{ stratum(var('case_mix_coarse').get(source, []), set.strata_without) }}
    {% endif -%}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro -%}

{#- Sums over an agent's days of a month, from which the variance between days follows for any rate r:
    sum (t - r w)^2 = tt - 2 r tw + r^2 ww. -#}
{%- macro standing_day_rows(source) -%}
    {%- for kpi in kpis_from(source) if 'agent' in kpi['grains'] and kpi['family'] in ('prop', 'mean', 'logmean', 'count') %}
    {%- set prefix = kpi['id'] ~ ('_people' if 'counts_for_people' in kpi else '') %}
    {%- set weight = prefix ~ ('_w' if 'weight' in kpi else '_n') %}
    select
        '{{ kpi["id"] }}' as kpi_id,
        entity_id as agent_id,
        cast(date_trunc('month', day) as date) as month_start,
        count(*) as days,
        sum(cast({{ prefix }}_o as double)) as t,
        sum(cast({{ weight }} as double)) as w,
        sum(cast({{ prefix }}_o as double) * {{ prefix }}_o) as tt,
        sum(cast({{ prefix }}_o as double) * {{ weight }}) as tw,
        sum(cast({{ weight }} as double) * {{ weight }}) as ww
    from {{ ref('int_' ~ source[:-1] ~ '_day') }}
    where grain = 'agent' and {{ prefix }}_n > 0
    group by entity_id, cast(date_trunc('month', day) as date)
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro -%}

{#- From the analysis scale back to the KPI's own units: differences for shares and means, ratios for times and counts. -#}
{%- macro natural_value(family, centre, y) -%}
    case {{ family }}
        when 'prop' then case when {{ y }} is not null then least(1e0, greatest(0e0, {{ centre }} + {{ y }})) end
        when 'mean' then {{ centre }} + {{ y }}
        when 'logmean' then {{ centre }} * exp({{ y }})
        -- a rate never reaches nothing: one fiftieth of the centre's is the floor
        when 'count' then case when {{ y }} is not null then {{ centre }} * greatest(0.02e0, 1e0 + {{ y }}) end
    end
{%- endmacro -%}

{#- Variance of the sum of n observations if colleagues' mean and spread held, for a row with `family`. `spread` is w²/n,
    `all_n` how many observations the mean comes from: a share of 0 or 1 among them is not certain either. -#}
{%- macro sampling_variance(n, spread, mean, all_n, within_variance) -%}
    {%- set share = 'greatest(0.5e0 / (' ~ all_n ~ ' + 1), least(1e0 - 0.5e0 / (' ~ all_n ~ ' + 1), ' ~ mean ~ '))' -%}
    case family
        when 'prop' then {{ n }} * {{ share }} * (1e0 - {{ share }})
        when 'count' then {{ n }} * {{ mean }}
        else {{ spread }} * {{ within_variance }}
    end
{%- endmacro -%}
