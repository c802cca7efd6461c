with rules as (
    select value as word_reliability from {{ ref('int_rule_now') }}
    where rule_id = 'word_reliability'
),

newest as (
    select *
    from (
        select
            *,
            row_number() over (partition by grader order by quarter_start desc) as from_newest
        from {{ ref('int_grader_leniency') }}
    ) as quarters
    where from_newest = 1
),

leaders as (
    select
        team_id,
        leader,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by team_id order by valid_from), cast('9999-12-31' as date)
        ) as valid_until
    from {{ ref('stg_teams') }}
),

forms as (
    select
        newest.grader,
        forms.agent_id,
        forms.kind,
        forms.day,
        forms.is_calibration,
        forms.score_points,
        leaders.team_id is not null as is_own_team
    from newest
    inner join {{ ref('int_evaluation_form') }} as forms
        on newest.grader = forms.grader
        and newest.quarter_start >= forms.quarter_start
        and newest.quarter_start - interval 9 months <= forms.quarter_start
    left join {{ ref('int_membership') }} as membership
        on forms.agent_id = membership.agent_id
        and forms.day >= membership.from_day
        and forms.day < membership.until_day
    left join leaders
        on membership.team_id = leaders.team_id
        and forms.grader = leaders.leader
        and forms.day >= leaders.valid_from
        and forms.day < leaders.valid_until
    where forms.score_points is not null
),

counted as (
    select
        grader,
        count(*) filter (where not is_calibration) as forms,
        count(distinct agent_id) filter (where not is_calibration) as agents,
        min(day) as first_day,
        max(day) as last_day,
        avg(score_points) filter (where not is_calibration) as mean_points,
        count(*) filter (where not is_calibration and kind = 'monitor') as monitor_forms,
        count(*) filter (where not is_calibration and kind = 'third_party') as third_party_forms,
        count(*) filter (where not is_calibration and kind = 'test_call') as test_call_forms,
        count(*) filter (where is_calibration) as calibration_forms,
        count(*) filter (where not is_calibration and is_own_team) as own_team_forms
    from forms
    group by grader
)

select
    counted.grader,
    newest.quarter_start,
    counted.first_day,
    counted.last_day,
    cast(counted.forms as bigint) as forms,
    cast(counted.agents as bigint) as agents,
    cast(counted.calibration_forms as bigint) as calibration_forms,
    cast(counted.own_team_forms as bigint) as own_team_forms,
    round(counted.monitor_forms / nullif(cast(counted.forms as double), 0e0), 9) as monitor_share,
    round(counted.third_party_forms / nullif(cast(counted.forms as double), 0e0), 9) as third_party_share,
    round(counted.test_call_forms / nullif(cast(counted.forms as double), 0e0), 9) as test_call_share,
    round(counted.mean_points, 9) as mean_score_points,
    newest.comparable_forms,
    newest.verdict,
    round(newest.leniency_points, 9) as leniency_points,
    newest.leniency_low,
    newest.leniency_high,
    newest.reliability,
    case
        when newest.verdict <> 'judged' or newest.reliability < rules.word_reliability then 'not_enough_evidence'
        when newest.leniency_low > 0e0 then 'more_lenient'
        when newest.leniency_high < 0e0 then 'stricter'
        else 'like_others'
    end as standing
from counted
inner join newest on counted.grader = newest.grader
cross join rules
