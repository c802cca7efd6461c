-- Everything that the formulas of the sources sum up, side by side.
{% set month = period_start('month', 'days.day', none) -%}
{% set team = "coalesce(membership.team_id, '')" -%}
with contacts as (
    select
        days.entity_id as agent_id,
        {{ team }} as team_id,
        {{ month }} as month_start,
        sum(days.contacts_handled_o) as contacts_handled,
        sum(days.complaints_handled_o) as complaints_handled,
        sum(days.repeats_handled_o) as repeats_handled,
        sum(days.repeats_caused_o) as repeats_caused,
        sum(days.complaint_rate_o) as upheld_complaints
    from {{ ref('int_contact_day') }} as days
    left join {{ ref('int_membership') }} as membership on {{ in_team('days.entity_id', 'days.day') }}
    where days.grain = 'agent'
    group by days.entity_id, {{ team }}, {{ month }}
),

workdays as (
    select
        days.agent_id,
        {{ team }} as team_id,
        {{ month }} as month_start,
        count(*) filter (where days.due_minutes > 0e0) as planned_days,
        sum(days.due_minutes) filter (where days.worked_minutes is not null) as due_minutes,
        sum(days.worked_minutes) filter (where days.due_minutes is not null) as worked_minutes,
        sum(days.handle_minutes) filter (where days.available_minutes is not null) as handle_minutes,
        sum(days.available_minutes) filter (where days.handle_minutes is not null) as available_minutes,
        count(*) filter (where days.is_late) as late_days,
        count(*) filter (where days.is_absent) as absent_days
    from {{ ref('int_workday') }} as days
    left join {{ ref('int_membership') }} as membership on {{ in_team('days.agent_id', 'days.day') }}
    group by days.agent_id, {{ team }}, {{ month }}
),

-- a contact scored twice to calibrate the graders says nothing new about the agent
evaluations as (
    select
        days.agent_id,
        {{ team }} as team_id,
        {{ month }} as month_start,
        {% for kind, chosen in [('monitor', 'not days.is_test_call'), ('test_call', 'days.is_test_call')] %}
        count(*) filter (where {{ chosen }}) as {{ kind }}_n,
        sum(days.score_points) filter (where {{ chosen }}) as {{ kind }}_points,
        sum(days.score_points * days.score_points) filter (where {{ chosen }}) as {{ kind }}_squares{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_evaluation') }} as days
    left join {{ ref('int_membership') }} as membership on {{ in_team('days.agent_id', 'days.day') }}
    where not days.is_calibration and days.score_points is not null
    group by days.agent_id, {{ team }}, {{ month }}
),

seats as (
    select
        days.agent_id,
        {{ team }} as team_id,
        {{ month }} as month_start,
        count(*) as seats,
        count(days.score_points) as score_n,
        sum(days.score_points) as score_points,
        sum(days.score_points * days.score_points) as score_squares,
        count(*) filter (where days.is_unexcused) as unexcused_absences
    from {{ ref('int_training_seat') }} as days
    left join {{ ref('int_membership') }} as membership on {{ in_team('days.agent_id', 'days.day') }}
    group by days.agent_id, {{ team }}, {{ month }}
),

months as (
    {% for relation in ['contacts', 'workdays', 'evaluations', 'seats'] %}
    select
        agent_id,
        team_id,
        month_start
    from {{ relation }}
    {% if not loop.last %}union{% endif %}
    {% endfor %}
)

select
    months.agent_id,
    months.team_id,
    months.month_start,
    {% for column in ['contacts_handled', 'complaints_handled', 'repeats_handled', 'repeats_caused', 'upheld_complaints'] %}
    coalesce(contacts.{{ column }}, 0e0) as {{ column }},
    {% endfor %}
    {% for column in ['planned_days', 'due_minutes', 'worked_minutes', 'handle_minutes', 'available_minutes', 'late_days', 'absent_days'] %}
    workdays.{{ column }},
    {% endfor %}
    {% for column in ['monitor_n', 'monitor_points', 'monitor_squares', 'test_call_n', 'test_call_points', 'test_call_squares'] %}
    coalesce(evaluations.{{ column }}, 0) as {{ column }},
    {% endfor %}
    {% for column in ['seats', 'score_n', 'score_points', 'score_squares', 'unexcused_absences'] %}
    coalesce(seats.{{ column }}, 0) as {{ column }},
    {% endfor %}
    quota.scheduled_days,
    quota.full_days,
    quota.monthly_quota,
    quota.prorated_quota,
    -- who never handles contacts, or is known to the switch by another number, has no call-volume index of zero
    coalesce(max(contacts.contacts_handled) over (partition by months.agent_id) > 0e0, false) as takes_contacts
from months
{% for relation in ['contacts', 'workdays', 'evaluations', 'seats'] -%}
left join {{ relation }}
    on months.agent_id = {{ relation }}.agent_id
    and months.team_id = {{ relation }}.team_id
    and months.month_start = {{ relation }}.month_start
{% endfor -%}
left join {{ ref('int_prorated_quota') }} as quota
    on months.agent_id = quota.agent_id and months.team_id = quota.team_id and months.month_start = quota.month_start
