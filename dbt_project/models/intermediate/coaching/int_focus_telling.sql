-- What a shortfall in a broad KPI most likely comes from: the kind of error that the agent's own monitored contacts or
-- complaints show, unless an item of it is talked about anyway. Resolution is a matter of the answer, not of the tone.
with talked_about as (
    select
        window_kind,
        window_start,
        agent_id,
        error_type
    from {{ ref('int_focus_item_candidate') }}
    where role = 'priority'
),

-- points lost tell of it as misses do, and more of them
lost as (
    select
        standing.window_kind,
        standing.window_start,
        standing.agent_id,
        standing.error_type,
        kinds.dimension,
        round(greatest(standing.p_more_misses, 1e0 - standing.p_loses_less), 9) as strength
    from {{ ref('int_focus_item_standing') }} as standing
    inner join {{ ref('error_types') }} as kinds on standing.error_type = kinds.error_type
),

missed as (
    select * from lost
    where strength >= {{ rule_now('individual_sure') }}
),

-- of critical errors it is plain which they were
critical as (
    select
        window_kind,
        window_start,
        agent_id,
        error_type,
        sum(misses) as strength
    from {{ ref('int_focus_item_sum') }}
    where is_critical and misses > 0 and error_type is not null
    group by window_kind, window_start, agent_id, error_type
),

complained as (
    select
        windows.window_kind,
        windows.window_start,
        complaints.agent_id,
        spellings.error_type,
        cast(count(*) as double) as strength
    from {{ ref('int_complaint') }} as complaints
    inner join {{ ref('int_window') }} as windows
        on complaints.contact_day between windows.window_start and windows.window_end
        and windows.window_kind in ('quarter', 'all')
    inner join {{ ref('stg_complaints') }} as delivered on complaints.complaint_id = delivered.complaint_id
    inner join {{ ref('int_error_type_spelling') }} as spellings on delivered.complaint_type = spellings.text
    where complaints.is_upheld and complaints.agent_id is not null
    group by windows.window_kind, windows.window_start, complaints.agent_id, spellings.error_type
),

{% set broad = {
    'qa_score': 'true',
    'csat_top2': 'true',
    'csat_mean': 'true',
    'first_contact_resolution': "dimension in ('knowledge', 'service_skill', 'adaptability', 'responsibility')",
    'resolution_rate': "dimension in ('knowledge', 'service_skill', 'adaptability', 'responsibility')",
} -%}
candidates as (
    {% for kpi_id, condition in broad.items() %}
    select
        '{{ kpi_id }}' as kpi_id,
        window_kind,
        window_start,
        agent_id,
        error_type,
        strength
    from missed
    where {{ condition }}
    union all
    {% endfor %}
    select
        'critical_error_rate' as kpi_id,
        window_kind,
        window_start,
        agent_id,
        error_type,
        cast(strength as double) as strength
    from critical
    union all
    select
        'complaint_rate' as kpi_id,
        window_kind,
        window_start,
        agent_id,
        error_type,
        strength
    from complained
),

ranked as (
    select
        candidates.*,
        kinds.practice,
        row_number() over (
            partition by candidates.kpi_id, candidates.window_kind, candidates.window_start, candidates.agent_id
            order by round(candidates.strength, 9) desc, kinds.practice = 'process', candidates.error_type
        ) as place
    from candidates
    inner join {{ ref('error_types') }} as kinds on candidates.error_type = kinds.error_type
    left join talked_about
        on candidates.window_kind = talked_about.window_kind
        and candidates.window_start = talked_about.window_start
        and candidates.agent_id = talked_about.agent_id
        and candidates.error_type = talked_about.error_type
    where talked_about.agent_id is null
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    error_type,
    practice
from ranked
where place = 1
