-- Where graders agree on some forms, only those speak; where on none, the amounts stand there and are not used.
with usable as (
    select
        observations.*,
        bool_or(observations.is_agreed) over (
            partition by observations.window_kind, observations.window_start, observations.item
        ) as is_any_agreed
    from {{ ref('int_engagement_observation') }} as observations
    inner join {{ ref('int_agent_window') }} as agents
        on observations.window_kind = agents.window_kind
        and observations.window_start = agents.window_start
        and observations.agent_id = agents.agent_id
),

observed as (
    select
        window_kind,
        window_start,
        item,
        agent_id,
        is_agreed,
        count(*) as n,
        avg(raw_percent) as raw_percent,
        avg(fair_percent) as fair_percent,
        coalesce(var_samp(fair_percent), 0e0) * (count(*) - 1) as within_squares
    from usable
    where is_agreed = is_any_agreed
    group by window_kind, window_start, item, agent_id, is_agreed
    -- the view of one or two colleagues decides nothing, and whose it is would be known
    having item <> 'peer_rating' or count(*) >= {{ peer_min_raters() }}
),

pooled as (
    select
        *,
        sum(within_squares) over everybody / nullif(sum(n - 1) over everybody, 0) as within_variance,
        sum(n * fair_percent) over everybody / sum(n) over everybody as pooled_percent,
        sum(n) over everybody as pooled_n
    from observed
    window everybody as (partition by window_kind, window_start, item)
),

-- The error of an amount is the centre's and never the agent's own. Yes-or-no observations: the centre's share decides it,
-- kept off 0 and 1. Others: how far one agent's observations spread, pooled over all agents; where nobody has two (one
-- leader each) no error can be seen, and it stays in the spread between items.
errors as (
    select
        *,
        case
            when item in ('voluntary_training', 'coaching_actions') then share_percent * (100e0 - share_percent) / n
            else coalesce(within_variance, 0e0) / n
        end as v
    from (
        select
            *,
            greatest(50e0 / (pooled_n + 1), least(100e0 - 50e0 / (pooled_n + 1), pooled_percent)) as share_percent
        from pooled
    ) as kept
),

spread as (
    select
        window_kind,
        window_start,
        item,
        {{ variance_beyond_error('fair_percent', 'v') }} as tau2
    from errors
    group by window_kind, window_start, item
),

weighted as (
    select
        errors.*,
        spread.tau2,
        1e0 / nullif(errors.v + spread.tau2, 0e0) as weight
    from errors
    inner join spread
        on errors.window_kind = spread.window_kind
        and errors.window_start = spread.window_start
        and errors.item = spread.item
),

placed as (
    select
        *,
        -- nobody differs and nothing errs: everybody has the mean
        coalesce(sum(weight * fair_percent) over everybody / nullif(sum(weight) over everybody, 0e0), fair_percent) as mu,
        coalesce(1e0 / nullif(sum(weight) over everybody, 0e0), 0e0) as vmu
    from weighted
    window everybody as (partition by window_kind, window_start, item)
)

select
    window_kind,
    window_start,
    item,
    agent_id,
    is_agreed,
    cast(n as bigint) as n,
    raw_percent,
    fair_percent,
    v,
    round(tau2, 9) as tau2,
    round({{ steadied('fair_percent', 'v', 'tau2', 'mu') }}, 9) as steadied_percent,
    round({{ steadied_variance('v', 'tau2', 'vmu') }}, 9) as steadied_variance
from placed
