with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

forms as (
    select
        windows.window_kind,
        windows.window_start,
        evaluations.agent_id,
        evaluations.contact_id,
        evaluations.day,
        evaluations.is_test_call,
        evaluations.kind,
        evaluations.score_points - evaluations.leniency_points as points,
        evaluations.has_critical_error
    from {{ ref('int_evaluation') }} as evaluations
    inner join windows on evaluations.day between windows.window_start and windows.window_end
    where not evaluations.is_calibration
)

select
    window_kind,
    window_start,
    agent_id,
    count(*) filter (where not is_test_call) as forms,
    count(*) filter (where kind = 'third_party') as third_party_forms,
    count(*) filter (where is_test_call) as test_calls,
    count(distinct contact_id) filter (where not is_test_call) as contacts_scored,
    count(points) filter (where not is_test_call) as n,
    coalesce(sum(points) filter (where not is_test_call), 0e0) as o,
    coalesce(sum(points * points) filter (where not is_test_call), 0e0) as ss,
    count(has_critical_error) filter (where not is_test_call) as critical_n,
    count(*) filter (where not is_test_call and has_critical_error) as critical_errors
from forms
group by window_kind, window_start, agent_id
