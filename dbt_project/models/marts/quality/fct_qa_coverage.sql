with windows as (
    select * from {{ ref('int_window') }}
    where window_kind <> 'month'
),

handled as (
    select
        months.window_kind,
        months.window_start,
        sums.entity_id as agent_id,
        sum(sums.o) as contacts
    from {{ ref('int_kpi_sum') }} as sums
    inner join {{ ref('int_window_month') }} as months
        on sums.period_kind = 'month' and sums.period_start = months.month_start
    where sums.kpi_id = 'contacts_handled' and sums.grain = 'agent' and months.window_kind <> 'month'
    group by months.window_kind, months.window_start, sums.entity_id
),

scored as (
    select * from {{ ref('int_qa_window') }}
),

last_forms as (
    select
        windows.window_kind,
        windows.window_start,
        evaluations.agent_id,
        max(evaluations.day) as last_form_day
    from windows
    inner join {{ ref('int_evaluation') }} as evaluations on windows.window_end >= evaluations.day
    where not evaluations.is_calibration and not evaluations.is_test_call
    group by windows.window_kind, windows.window_start, evaluations.agent_id
),

people as (
    select
        window_kind,
        window_start,
        agent_id
    from handled
    where contacts > 0
    union
    select
        window_kind,
        window_start,
        agent_id
    from scored
),

placed as (
    select
        people.window_kind,
        people.window_start,
        people.agent_id,
        membership.team_id,
        coalesce(scored.forms, 0) as forms,
        coalesce(scored.third_party_forms, 0) as third_party_forms,
        coalesce(scored.test_calls, 0) as test_calls,
        coalesce(scored.contacts_scored, 0) as contacts_scored,
        coalesce(scored.n, 0) as n,
        handled.contacts,
        noise.form_variance,
        noise.tau2,
        windows.window_end - last_forms.last_form_day as days_since_last_form
    from people
    inner join windows on people.window_kind = windows.window_kind and people.window_start = windows.window_start
    left join scored
        on people.window_kind = scored.window_kind
        and people.window_start = scored.window_start
        and people.agent_id = scored.agent_id
    left join handled
        on people.window_kind = handled.window_kind
        and people.window_start = handled.window_start
        and people.agent_id = handled.agent_id
    left join last_forms
        on people.window_kind = last_forms.window_kind
        and people.window_start = last_forms.window_start
        and people.agent_id = last_forms.agent_id
    left join {{ ref('int_qa_noise') }} as noise
        on people.window_kind = noise.window_kind and people.window_start = noise.window_start
    left join {{ ref('int_membership') }} as membership
        on people.agent_id = membership.agent_id
        and windows.window_end >= membership.from_day
        and windows.window_end < membership.until_day
)

select
    window_kind,
    window_start,
    agent_id,
    team_id,
    cast(forms as bigint) as forms,
    cast(third_party_forms as bigint) as third_party_forms,
    cast(test_calls as bigint) as test_calls,
    cast(contacts_scored as bigint) as contacts_scored,
    cast(contacts as bigint) as contacts_handled,
    -- forms scored in this window may speak of contacts of the one before
    case when contacts > 0 then round(least(1e0, contacts_scored / contacts), 9) end as coverage_share,
    round(sqrt(form_variance / nullif(n, 0)), 9) as sampling_error_points,
    round(sqrt(tau2 * form_variance / nullif(n * tau2 + form_variance, 0e0)), 9) as remaining_sd_points,
    round(n * tau2 / nullif(n * tau2 + form_variance, 0e0), 9) as reliability,
    cast(days_since_last_form as bigint) as days_since_last_form
from placed
