with quarters as (
    select
        forms.window_kind,
        forms.window_start,
        forms.agent_id,
        forms.critical_n,
        forms.critical_errors,
        windows.window_end,
        windows.position
    from {{ ref('int_qa_window') }} as forms
    inner join {{ ref('int_window') }} as windows
        on forms.window_kind = windows.window_kind and forms.window_start = windows.window_start
    where windows.window_kind = 'quarter' and forms.critical_n > 0
)

select
    quarters.window_kind,
    quarters.window_start,
    quarters.agent_id,
    quarters.critical_n + before.critical_n as forms,
    quarters.window_end
from quarters
inner join quarters as before
    on quarters.agent_id = before.agent_id and quarters.position = before.position + 1
where quarters.critical_errors + before.critical_errors = 0
    and quarters.critical_n + before.critical_n >= {{ var('judge_min_observations') }}
