-- Misses by kind of error within each team, beside everybody else's. Misses of one person hang together, and a team's do,
-- so both count for less than as many misses of strangers would.
with people as (
    select
        window_kind,
        window_start,
        is_current,
        team_id,
        agent_id,
        matter,
        max(error_type) as error_type,
        cast(count(*) as double) as n,
        cast(count(*) filter (where is_missed) as double) as misses
    from {{ ref('int_focus_item') }}
    group by window_kind, window_start, is_current, team_id, agent_id, matter
),

-- people without a team are part of everybody else
teams as (
    select
        window_kind,
        window_start,
        is_current,
        coalesce(team_id, '') as team_key,
        matter,
        max(error_type) as error_type,
        sum(n) as n,
        sum(misses) as misses,
        cast(count(*) as double) as people,
        cast(count(*) filter (where misses > 0) as double) as people_missing,
        sum(n * n) as squares
    from people
    group by window_kind, window_start, is_current, coalesce(team_id, ''), matter
),

beside as (
    select
        teams.*,
        sum(teams.n) over whole as all_n,
        sum(teams.misses) over whole as all_misses,
        sum(teams.people) over whole - teams.people as other_people,
        sum(teams.people_missing) over whole - teams.people_missing as other_people_missing,
        sum(teams.squares) over whole as all_squares,
        sum(teams.n) over form as form_n,
        sum(teams.misses) over form as form_misses,
        1e0 + likeness.likeness * (teams.squares / teams.n - 1e0) as design_effect
    from teams
    inner join {{ ref('int_focus_likeness') }} as likeness
        on teams.window_kind = likeness.window_kind and teams.window_start = likeness.window_start
    window
        whole as (partition by teams.window_kind, teams.window_start, teams.matter),
        form as (partition by teams.window_kind, teams.window_start)
),

effective as (
    select
        *,
        n / design_effect as effective_n,
        misses / design_effect as effective_misses,
        all_misses / all_n as p,
        (all_misses - misses + 0.5e0) / (all_n - n + 1e0) as other_miss_share
    from beside
),

matters as (
    select
        window_kind,
        window_start,
        matter,
        count(*) - 1e0 as degrees,
        sum(effective_n) as n,
        sum(effective_n * effective_n) / sum(effective_n) as squares,
        sum(effective_n * power(misses / n - p, 2)) / (max(p) * (1e0 - max(p))) as deviation
    from effective
    where p > 0 and p < 1
    group by window_kind, window_start, matter
),

-- how alike a team is beyond its people, by the same moments as int_focus_likeness
likeness as (
    select
        window_kind,
        window_start,
        round(least(0.5e0, greatest(0e0, coalesce(
            sum(deviation - degrees) / nullif(sum(n - squares - degrees), 0e0), 0e0
        ))), 9) as likeness
    from matters
    group by window_kind, window_start
),

weighed as (
    select
        effective.*,
        (1e0 - likeness.likeness) / nullif(likeness.likeness, 0e0) as prior_n,
        -- is this kind of error missed more than the form's others, in the whole centre?
        (p - (form_misses - all_misses) / nullif(form_n - all_n, 0e0))
        / nullif(sqrt(p * (1e0 - p) / all_n * (1e0 + people_likeness.likeness * (all_squares / all_n - 1e0))), 0e0) as z_frequent
    from effective
    inner join likeness
        on effective.window_kind = likeness.window_kind and effective.window_start = likeness.window_start
    inner join {{ ref('int_focus_likeness') }} as people_likeness
        on effective.window_kind = people_likeness.window_kind and effective.window_start = people_likeness.window_start
),

parameters as (
    select
        *,
        other_miss_share * prior_n + effective_misses as a,
        greatest(1e0, (1e0 - other_miss_share) * prior_n + effective_n - effective_misses) as b
    from weighed
),

standardised as (
    select
        *,
        -- below 1 the formula has no value: so little was missed that nothing is told
        case when a >= 1 then {{ beta_z('other_miss_share', 'a', 'b') }} end as z_above
    from parameters
),

probable as (
    select
        *,
        case
            when all_n <= n then null
            -- teams do not differ beyond their people
            when prior_n is null then 0.5e0
            else round({{ norm_cdf('z_above') }}, 9)
        end as p_above_centre,
        round({{ norm_cdf('z_frequent') }}, 9) as p_frequent,
        people_missing / people >= {{ rule_now('group_topic_share') }} as is_shared,
        other_people_missing / nullif(other_people, 0e0) >= {{ rule_now('group_topic_share') }} as is_shared_elsewhere
    from standardised
)

select
    window_kind,
    window_start,
    is_current,
    team_key as team_id,
    matter,
    error_type,
    cast(n as bigint) as items,
    cast(misses as bigint) as misses,
    cast(people as bigint) as people,
    cast(people_missing as bigint) as people_missing,
    round(misses / n, 9) as miss_share,
    round((all_misses - misses) / nullif(all_n - n, 0e0), 9) as centre_miss_share,
    p_above_centre,
    case
        when n < {{ var('judge_min_observations') }} or people < 3 or all_n - n < {{ rule_now('min_reference_n') }}
            then 'too_few'
        when is_shared and p_above_centre >= {{ rule_now('team_below_centre_sure') }} then 'team'
        when is_shared and is_shared_elsewhere and p_frequent >= {{ rule_now('focus_sure') }} then 'everywhere'
        else 'few'
    end as verdict
from probable
where team_key <> ''
