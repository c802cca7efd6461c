with since as (
    select
        *,
        round({{ interval_bound('low', 'w') }}, 9) as value_low,
        round({{ interval_bound('high', 'w') }}, 9) as value_high
    from (
        select
            parts.*,
            goals.family
        from {{ ref('int_goal_since') }} as parts
        inner join {{ ref('int_goal_span') }} as goals
            on parts.coaching_id = goals.coaching_id and parts.goal_number = goals.goal_number
        where parts.part = 'since'
    ) as measured
),

closing as (
    select * from {{ ref('int_goal_since') }}
    where part = 'closing'
),

statuses as (
    select
        coaching_id,
        goal_number,
        horizon,
        status
    from {{ ref('fct_coaching_plan') }}
),

joined as (
    select
        goals.*,
        statuses.horizon,
        statuses.status,
        coalesce(since.n, 0) as n,
        since.value,
        since.value_low,
        since.value_high,
        since.path_value,
        since.path_error,
        -- while time is left everything since the session counts, afterwards its closing part
        case when goals.is_due then closing.p_on_path else since.p_on_path end as p_on_path,
        coalesce(case when goals.is_due then closing.can_tell else since.can_tell end, false) as can_tell,
        case when goals.is_due then closing.is_wide else since.is_wide end as is_wide,
        anyway.anyway_value,
        anyway.anyway_low,
        anyway.anyway_high,
        anyway.z as anyway_z,
        anyway.p_beyond_anyway,
        {{ rule_now('progress_on_track') }} as progress_on_track,
        {{ rule_now('progress_slipping') }} as progress_slipping,
        {{ rule_now('effect_sure_z') }} as effect_sure_z
    from {{ ref('int_goal_span') }} as goals
    inner join statuses on goals.coaching_id = statuses.coaching_id and goals.goal_number = statuses.goal_number
    left join since on goals.coaching_id = since.coaching_id and goals.goal_number = since.goal_number
    left join closing on goals.coaching_id = closing.coaching_id and goals.goal_number = closing.goal_number
    left join {{ ref('int_goal_anyway') }} as anyway
        on goals.coaching_id = anyway.coaching_id and goals.goal_number = anyway.goal_number
)

select
    coaching_id,
    cast(goal_number as bigint) as goal_number,
    agent_id,
    kpi_id,
    horizon,
    held_on,
    due_on,
    as_of,
    baseline_value,
    target_value,
    n,
    value as value_since,
    value_low,
    value_high,
    path_value,
    round({{ goal_bound('path_value', 'path_error', 'low') }}, 9) as path_low,
    round({{ goal_bound('path_value', 'path_error', 'high') }}, 9) as path_high,
    anyway_value,
    anyway_low,
    anyway_high,
    p_on_path,
    p_beyond_anyway,
    case
        when n = 0 and is_observable and not is_due then 'not_started'
        when not can_tell then 'cannot_tell'
        -- both sides alike: where chance is wide, on track asks as much certainty as slipping
        when p_on_path >= case when is_wide then 1e0 - progress_slipping else progress_on_track end
            then case when is_due then 'reached' else 'on_track' end
        when p_on_path < progress_slipping then case when is_due then 'not_reached' else 'slipping' end
        when is_due or is_wide then 'cannot_tell'
        else 'at_risk'
    end as state,
    case
        when anyway_z is null then 'cannot_tell'
        when anyway_z >= effect_sure_z then 'beyond'
        when anyway_z <= -effect_sure_z then 'below'
        else 'as_predicted'
    end as beyond_anyway,
    status,
    is_due
from joined
