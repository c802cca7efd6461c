with rules as (
    select
        windows.window_kind,
        windows.window_start,
        windows.window_end,
        rule.tier_enter as decision_line,
        (
            select value from {{ ref('int_rule_now') }}
            where rule_id = 'sampling_weight_floor'
        ) as lowest_weight
    from {{ ref('int_window') }} as windows
    inner join {{ ref('int_rule') }} as rule
        on windows.window_kind = rule.window_kind and windows.window_start = rule.window_start
    where windows.is_current
),

basis as (
    select
        rules.*,
        noise.form_variance,
        -- forms' worth of what colleagues tell about an agent; where agents do not differ, who has few forms comes first
        coalesce(noise.form_variance / nullif(noise.tau2, 0e0), 1e0) as prior_forms,
        (
            select sum(scored.forms) from {{ ref('int_qa_window') }} as scored
            where scored.window_kind = rules.window_kind and scored.window_start = rules.window_start
        ) as last_forms
    from rules
    inner join {{ ref('int_qa_noise') }} as noise
        on rules.window_kind = noise.window_kind and rules.window_start = noise.window_start
    where noise.form_variance > 0
),

tiers as (
    select
        tier.agent_id,
        tier.p_low,
        tier.p_high,
        -- 1 on the line from which a tier is given, 0 where nothing can change: P = 0 or 1
        greatest(
            case
                when tier.p_low < rules.decision_line then tier.p_low / rules.decision_line
                else (1e0 - tier.p_low) / (1e0 - rules.decision_line)
            end,
            case
                when tier.p_high < rules.decision_line then tier.p_high / rules.decision_line
                else (1e0 - tier.p_high) / (1e0 - rules.decision_line)
            end
        ) as closeness
    from {{ ref('fct_tier') }} as tier
    inner join rules on tier.window_kind = rules.window_kind and tier.window_start = rules.window_start
    where tier.p_low is not null and tier.p_high is not null
),

people as (
    select
        basis.window_kind,
        basis.window_start,
        agents.agent_id,
        agents.team_id,
        coalesce(scored.n, 0) as forms,
        coalesce(scored.n, 0) + basis.prior_forms as known_forms,
        basis.form_variance,
        tiers.p_low,
        tiers.p_high,
        tiers.closeness,
        -- nobody's tier known: most uncertain
        basis.lowest_weight + (1e0 - basis.lowest_weight) * coalesce(tiers.closeness, 1e0) as weight,
        basis.last_forms as budget_forms,
        count(*) over () as agents
    from basis
    cross join {{ ref('dim_agent') }} as agents
    left join {{ ref('int_qa_window') }} as scored
        on basis.window_kind = scored.window_kind
        and basis.window_start = scored.window_start
        and agents.agent_id = scored.agent_id
    left join tiers on agents.agent_id = tiers.agent_id
    where agents.is_current
),

-- what each further form would be worth; nobody gets more than three times an even share
offers as (
    select
        people.agent_id,
        people.window_start,
        steps.step,
        people.budget_forms - people.agents as further_forms,
        round(
            people.weight * people.form_variance
            / ((people.known_forms + steps.step - 1e0) * (people.known_forms + steps.step)), 9
        ) as worth
    from people
    cross join
        unnest(generate_series(2, cast(greatest(1, ceil(3e0 * people.budget_forms / people.agents)) as bigint))) as steps(step)
),

granted as (
    select
        agent_id,
        count(*) as forms
    from (
        select
            agent_id,
            further_forms,
            -- among equals the lot decides, the same lot every time
            row_number() over (order by worth desc, md5(agent_id || cast(window_start as varchar)), step) as place
        from offers
    ) as ranked
    where place <= further_forms
    group by agent_id
)

select
    people.agent_id,
    people.team_id,
    people.window_kind,
    people.window_start,
    cast(people.forms as bigint) as forms,
    people.p_low,
    people.p_high,
    round(people.closeness, 9) as closeness,
    round(people.weight, 9) as weight,
    cast(1 + coalesce(granted.forms, 0) as bigint) as suggested_forms,
    round(sqrt(people.form_variance / people.known_forms), 9) as remaining_sd_points,
    round(sqrt(people.form_variance / (people.known_forms + 1 + coalesce(granted.forms, 0))), 9) as expected_sd_points,
    case
        when people.forms = 0 then 'no_forms_yet'
        when people.closeness is null then 'not_judged'
        when round(people.closeness, 9) >= 0.5e0 then 'near_decision'
        else 'routine'
    end as reason,
    cast(people.budget_forms as bigint) as budget_forms
from people
left join granted on people.agent_id = granted.agent_id
