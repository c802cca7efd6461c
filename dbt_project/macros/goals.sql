{#- What the models of coaching goals and sessions share. -#}

{#- A KPI's sums per agent and day, one select per KPI that is compared between people and that some goal is about (a CTE
    `followed` with column kpi_id). The same sums that every published value is made of. -#}
{%- macro goal_day_rows(source) -%}
    {%- for kpi in kpis_from(source) if kpi['id'] in goal_kpis() %}
    {%- set prefix = kpi['id'] ~ ('_people' if 'counts_for_people' in kpi else '') %}
    {%- set weight = prefix ~ ('_w' if 'weight' in kpi else '_n') %}
    select
        '{{ kpi["id"] }}' as kpi_id,
        entity_id as agent_id,
        day,
        cast({{ prefix }}_n as bigint) as n,
        cast({{ weight }} as double) as w,
        cast({{ prefix }}_o as double) as o,
        cast({{ prefix }}_{{ 'ss' if has_squares(kpi) else 'o' }} as double) as ss
    from {{ ref('int_' ~ source[:-1] ~ '_day') }}
    where grain = 'agent' and {{ prefix }}_n > 0 and {{ weight }} > 0 and '{{ kpi["id"] }}' in (select kpi_id from followed)
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro -%}

{#- KPIs that can be followed for a person day by day; an index is a formula over several tables and a volume is not judged. -#}
{%- macro goal_kpis() -%}
    {%- set ids = [] -%}
    {%- for kpi in var('kpis') if 'agent' in kpi['grains'] and kpi['family'] in ('prop', 'mean', 'logmean', 'count') -%}
        {%- do ids.append(kpi['id']) -%}
    {%- endfor -%}
    {{ return(ids) }}
{%- endmacro -%}

{#- The point on the straight line from the baseline on the day of the session to the target on the due day. Columns of
    int_goal_span. -#}
{%- macro goal_path(day) -%}
    (baseline_value + (target_value - baseline_value) * (({{ day }}) - held_on) / nullif(cast(due_on - held_on as double), 0e0))
{%- endmacro -%}

{#- Sampling variance of a value o / w that truly lies at `level`: for shares and counts from the level itself, so that an
    unlucky sample does not look sure of itself; for means and times from the spread of the observations, `within` being the
    variance of one. Contacts of one day are alike: `design_effect`. Reads the column family. -#}
{%- macro goal_variance(n, w, level, within, design_effect) -%}
    ({{ sampling_variance(n, w ~ ' * ' ~ w ~ ' / ' ~ n, level, n, within) }}) / nullif({{ w }} * {{ w }}, 0e0) * {{ design_effect }}
{%- endmacro -%}

{#- How far `value` lies on the good side of `level`, in units of the KPI or, for times, of the logarithm. A share or a count
    moves in steps: the agent is given half an observation, so that chance says "worse" no more often than promised. Reads
    family, good and w. -#}
{%- macro goal_distance(value, level) -%}
    case
        when family = 'logmean' then case when {{ value }} > 0 and {{ level }} > 0 then good * ln({{ value }} / {{ level }}) end
        when family in ('prop', 'count') then good * ({{ value }} - {{ level }}) + 0.5e0 / nullif(w, 0e0)
        else good * ({{ value }} - {{ level }})
    end
{%- endmacro -%}

{#- `level` and what chance leaves below or above it in 90 of 100 cases (side 'low' or 'high'), within what the KPI can be.
    `error` in units of the KPI, for times of the logarithm. Reads family. -#}
{%- macro goal_bound(level, error, side) -%}
    {%- set sign = '-' if side == 'low' else '+' -%}
    {%- set reach = var('interval_z') ~ 'e0 * ' ~ error -%}
    case
        when {{ level }} is null or {{ error }} is null then null
        when family = 'logmean' then {{ level }} * exp({{ sign }} {{ reach }})
        when family = 'prop' then least(1e0, greatest(0e0, {{ level }} {{ sign }} {{ reach }}))
        when family = 'count' then greatest(0e0, {{ level }} {{ sign }} {{ reach }})
        else {{ level }} {{ sign }} {{ reach }}
    end
{%- endmacro -%}
