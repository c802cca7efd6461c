{# One part of a formula per line: code, amount, observations behind it (none for a setting), unit. -#}
{% set parts = {
    'call_volume_index': [
        ('contacts_handled', 'contacts_handled', none, "'contacts'"),
        ('complaints_handled', "case when basis in ('literal', 'example') then complaints_handled end", none, "'contacts'"),
        ('repeats_handled', "case when basis = 'example' then repeats_handled end", none, "'contacts'"),
        ('repeats_caused', "case when basis = 'caused' then repeats_caused end", none, "'contacts'"),
        ('monthly_quota', 'monthly_quota', none, "'contacts'"),
        ('scheduled_days', 'scheduled_days', none, "'days'"),
        ('full_days', 'full_days', none, "'days'"),
        ('prorated_quota', 'prorated_quota', none, "'contacts'"),
        ('raw_value', 'raw_value', 'contacts_handled', "'ratio'"),
    ],
    'service_quality_index': [
        ('monitor_points', 'monitor_points', 'monitor_n', "'points'"),
        ('test_call_points', 'test_call_points', 'test_call_n', "'points'"),
        ('upheld_complaints', 'upheld_complaints', none, "'complaints'"),
        ('complaints', 'complaints', 'upheld_complaints', 'complaints_unit'),
        ('coefficient', 'coefficient', none, "'points_per_complaint'"),
        ('raw_value', 'raw_value', 'monitor_n + test_call_n', "'points'"),
    ],
    'training_index': [
        ('score_points', 'score_points', 'score_n', "'points'"),
        ('unexcused_absences', 'unexcused_absences', none, "'absences'"),
        ('absences', 'absences', 'seats', "'absences_per_agent_month'"),
        ('coefficient', 'coefficient', none, "'points_per_absence'"),
        ('raw_value', 'raw_value', 'score_n', "'points'"),
    ],
} -%}
{% set relations = {
    'call_volume_index': 'call_volume', 'service_quality_index': 'service_quality', 'training_index': 'training',
} -%}
with call_volume as (
    select
        *,
        variant as basis
    from {{ ref('int_call_volume') }}
    where is_chosen and is_known
),

service_quality as (
    select * from {{ ref('int_service_quality') }}
),

training as (
    select * from {{ ref('int_training_index') }}
),

parts as (
    {% for kpi_id, lines in parts.items() %}
    {% set last_kpi = loop.last %}
    {% for part, amount, observations, unit in lines %}
    select
        '{{ kpi_id }}' as kpi_id,
        grain,
        entity_id,
        period_kind,
        period_start,
        basis,
        cast({{ loop.index }} as bigint) as position,
        '{{ part }}' as part,
        cast({{ amount }} as double) as amount,
        cast({{ observations or 'null' }} as bigint) as n,
        {{ unit }} as unit
    from {{ relations[kpi_id] }}
    {% if not (last_kpi and loop.last) %}union all{% endif %}
    {% endfor %}
    {% endfor %}
)

select
    parts.kpi_id,
    parts.grain,
    parts.entity_id,
    parts.period_kind,
    parts.period_start,
    parts.basis,
    parts.position,
    parts.part,
    parts.amount,
    parts.n,
    parts.unit
from parts
inner join {{ ref('dim_kpi') }} as kpi on parts.kpi_id = kpi.kpi_id and kpi.is_delivered
where parts.amount is not null
