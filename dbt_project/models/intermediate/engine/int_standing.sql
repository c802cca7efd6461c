with expected as (
    select * from {{ ref('int_expected') }}
    -- nothing observed or nothing expected leaves nothing to compare
    where w > 0 and e > 0 and (family <> 'logmean' or o > 0)
),

scaled as (
    select
        expected.*,
        kpi.better,
        agents.team_id,
        agents.role,
        agents.tenure_days,
        agents.tenure_band,
        agents.peer,
        coalesce(effects.design_effect, 1e0) as design_effect,
        case expected.family
            when 'logmean' then ln(expected.o / expected.e)
            when 'count' then (expected.o - expected.e) / expected.e
            else (expected.o - expected.e) / expected.w
        end as y,
        case expected.family
            when 'logmean' then expected.expected_variance / (expected.e * expected.e)
            when 'count' then expected.expected_variance / (expected.e * expected.e)
            else expected.expected_variance / (expected.w * expected.w)
        end as model_variance
    from expected
    inner join {{ ref('dim_kpi') }} as kpi on expected.kpi_id = kpi.kpi_id
    inner join {{ ref('int_agent_window') }} as agents
        on expected.window_kind = agents.window_kind and expected.window_start = agents.window_start
        and expected.agent_id = agents.agent_id
    left join {{ ref('int_design_effect') }} as effects
        on expected.window_kind = effects.window_kind and expected.window_start = effects.window_start
        and expected.kpi_id = effects.kpi_id
),

judged as (
    select
        *,
        -- a variance of nothing would be certainty, which no sample gives
        greatest(model_variance * design_effect, 1e-12) as v
    from scaled
)

select
    kpi_id,
    window_kind,
    window_start,
    agent_id,
    team_id,
    role,
    tenure_days,
    tenure_band,
    peer,
    family,
    better,
    n,
    w,
    o,
    e,
    no_reference_share,
    centre_value,
    o / w as value,
    e / w as expected_value,
    y,
    v,
    design_effect,
    {{ natural_value('family', 'centre_value', 'y') }} as adjusted_value,
    case
        when family in ('prop', 'mean') then v
        when family = 'count' then v * centre_value * centre_value
        else v * power(centre_value * exp(y), 2)
    end as adjusted_variance
from judged
