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
        usable.window_kind,
        usable.window_start,
        usable.item,
        usable.agent_id,
        usable.is_agreed,
        count(*) as n,
        avg(usable.raw_percent) as raw_percent,
        avg(usable.fair_percent) as fair_percent,
        coalesce(var_samp(usable.fair_percent), 0e0) * (count(*) - 1) as within_squares
    from usable
    inner join {{ ref('int_rule') }} as rules
        on usable.window_kind = rules.window_kind and usable.window_start = rules.window_start
    where usable.is_agreed = usable.is_any_agreed
    group by usable.window_kind, usable.window_start, usable.item, usable.agent_id, usable.is_agreed
    -- the view of one or two colleagues decides nothing, and whose it is would be known
    having usable.item <> 'peer_rating' or count(*) >= max(rules.peer_min_raters)
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
)

select
    window_kind,
    window_start,
    item,
    agent_id,
    is_agreed,
    cast(n as bigint) as n,
    round(raw_percent, 9) as raw_percent,
    round(fair_percent, 9) as fair_percent,
    round(v, 9) as v
from errors
