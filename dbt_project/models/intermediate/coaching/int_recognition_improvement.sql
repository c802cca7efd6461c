with windows as (
    select * from {{ ref('int_window') }}
    where window_kind = 'quarter'
),

-- what says enough about one person: comparable work and half of a difference to be seen again; of events, enough expected
known as (
    select
        posterior.*,
        windows.position
    from {{ ref('int_posterior') }} as posterior
    inner join windows
        on posterior.window_kind = windows.window_kind and posterior.window_start = windows.window_start
    inner join {{ ref('int_rule') }} as rules
        on posterior.window_kind = rules.window_kind and posterior.window_start = rules.window_start
    where posterior.better <> 'neutral'
        and posterior.tau2 > 0
        and posterior.reliability >= rules.word_reliability
        and posterior.no_reference_share <= rules.no_reference_share
        and posterior.n >= {{ var('judge_min_observations') }}
        and (posterior.family <> 'count' or posterior.expected_value * posterior.w >= {{ var('judge_min_observations') }})
),

pairs as (
    select
        known.kpi_id,
        known.window_kind,
        known.window_start,
        known.agent_id,
        known.family,
        known.centre_value,
        case when known.better = 'lower' then -1e0 else 1e0 end as good,
        known.steadied_y as y,
        before.steadied_y as y_before,
        -- the earlier value on the scale of now, on which the centre has moved too
        before.steadied_value as value_before,
        sqrt(known.steadied_variance + before.steadied_variance) as difference_sd,
        points.is_capped
    from known
    inner join known as before
        on known.kpi_id = before.kpi_id and known.agent_id = before.agent_id and known.position = before.position + 1
    inner join {{ ref('int_kpi_points') }} as points
        on known.kpi_id = points.kpi_id and known.agent_id = points.agent_id
        and known.window_kind = points.window_kind and known.window_start = points.window_start
),

changed as (
    select
        *,
        good * (y - y_before) as beyond_colleagues,
        good * (y - {{ to_analysis_scale('value_before', 'centre_value') }}) as own_change
    from pairs
),

-- what carries everybody is nobody's merit, and who keeps a level while others fall has not improved: the lesser counts
lesser as (
    select
        *,
        least(own_change, beyond_colleagues) as improvement_y,
        y - good * least(own_change, beyond_colleagues) as y_without
    from changed
    where own_change is not null
),

standardised as (
    select
        *,
        improvement_y / nullif(difference_sd, 0e0) as z,
        good * (
            {{ natural_value('family', 'centre_value', 'y') }} - {{ natural_value('family', 'centre_value', 'y_without') }}
        ) as amount
    from lesser
),

probable as (
    select
        *,
        round({{ norm_cdf('z') }}, 9) as probability
    from standardised
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    round(amount, 9) as amount,
    probability,
    is_capped,
    coalesce(probability >= {{ rule_now('recognition_sure') }} and amount > 0e0 and not is_capped, false) as is_improved
from probable
