{#- The formulas of the first source, as METHOD 1.1 settles them. Arguments are plain column names or short expressions.
    Scores are points on 0-100 and a coefficient is points per event, never a fraction: 100 % is a unit, not a factor. -#}

{#- A full month's quota for the days planned of it. NULL when nothing was planned. -#}
{%- macro prorated_quota(quota, scheduled_days, full_days) -%}
    {{ quota }} * {{ scheduled_days }} / nullif(cast({{ full_days }} as double), 0e0)
{%- endmacro -%}

{#- Contacts that were needed, over the quota: a ratio without an upper bound. -#}
{%- macro call_volume_ratio(handled, deducted, quota) -%}
    ({{ handled }} - {{ deducted }}) / nullif(cast({{ quota }} as double), 0e0)
{%- endmacro -%}

{#- Mean of the two scores, less points per complaint. With one score missing the other stands alone; with both, NULL. -#}
{%- macro service_quality_points(monitor, test_call, complaints, coefficient) -%}
    coalesce(({{ monitor }} + {{ test_call }}) / 2e0, {{ monitor }}, {{ test_call }}) - {{ complaints }} * {{ coefficient }}
{%- endmacro -%}

{#- Mean test score, less points per unexcused absence. NULL without a score. -#}
{%- macro training_points(score, absences, coefficient) -%}
    {{ score }} - {{ absences }} * {{ coefficient }}
{%- endmacro -%}

{#- The formula of an index KPI in one line, over the sums that its parts show by name. -#}
{%- macro index_formula(kpi_id) -%}
    {{ return({
        'call_volume_index': call_volume_ratio('contacts_handled', 'deducted', 'prorated_quota'),
        'service_quality_index': service_quality_points(
            'monitor_points', 'test_call_points', 'upheld_complaints', 'complaint_coefficient_points'
        ),
        'training_index': training_points('mean_test_points', 'unexcused_absences', 'absence_coefficient_points'),
    }[kpi_id]) }}
{%- endmacro -%}

{#- Points as shown; greatest() and least() would turn NULL into a bound. -#}
{%- macro clip_points(points) -%}
    case when {{ points }} is not null then greatest(0e0, least(100e0, {{ points }})) end
{%- endmacro -%}

{#- Whether somebody was in the team of `membership` that day; for a join. -#}
{%- macro in_team(agent_id, day) -%}
    {{ agent_id }} = membership.agent_id and {{ day }} >= membership.from_day and {{ day }} < membership.until_day
{%- endmacro -%}

{#- CTEs `grains` and `sums`: columns of int_person_month summed for every agent, team and the centre, and added up to
    months, quarters and the whole span. `counts` chooses the person-months; `agent_months` says how many they were, so
    that events per agent-month mean the same for one person and for a team. `largest` columns are maxima, not sums. -#}
{%- macro person_periods(columns, counts, largest=[]) -%}
grains as (
    select
        case when grouping(agent_id) = 0 then 'agent' when grouping(team_id) = 0 then 'team' else 'centre' end as grain,
        case when grouping(agent_id) = 0 then agent_id when grouping(team_id) = 0 then team_id else 'centre' end as entity_id,
        month_start,
        {% for column in columns %}
        sum({{ column }}) as {{ column }},
        {% endfor %}
        {% for column in largest %}
        max({{ column }}) as {{ column }},
        {% endfor %}
        count(distinct agent_id) as agent_months
    from {{ ref('int_person_month') }}
    where {{ counts }}
    group by grouping sets ((month_start, agent_id), (month_start, team_id), (month_start))
),

sums as (
    select
        grains.grain,
        grains.entity_id,
        calendar.period_kind,
        calendar.period_start,
        {% for column in columns %}
        cast(sum(grains.{{ column }}) as double) as {{ column }},
        {% endfor %}
        {% for column in largest %}
        max(grains.{{ column }}) as {{ column }},
        {% endfor %}
        sum(grains.agent_months) as agent_months
    from grains
    inner join {{ ref('int_period_rule') }} as calendar
        on grains.month_start <= calendar.period_end and grains.month_start >= date_trunc('month', calendar.period_start)
    -- people without a team count for the centre only
    where grains.entity_id <> ''
    group by grains.grain, grains.entity_id, calendar.period_kind, calendar.period_start
)
{%- endmacro -%}
