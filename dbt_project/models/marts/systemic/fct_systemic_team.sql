with teams as (
    select
        *,
        target_y + good * steadied_mean as steadied_y,
        target_y + good * steadied_mean - {{ var('interval_z') }}e0 * steadied_sd as low_y,
        target_y + good * steadied_mean + {{ var('interval_z') }}e0 * steadied_sd as high_y
    from {{ ref('int_systemic_team_verdict') }}
    where team_id is not null
),

natural_units as (
    select
        *,
        round({{ natural_value('family', 'centre_value', 'steadied_y') }}, 9) as value,
        round({{ natural_value('family', 'centre_value', 'low_y') }}, 9) as interval_low,
        round({{ natural_value('family', 'centre_value', 'high_y') }}, 9) as interval_high,
        round({{ natural_value('family', 'centre_value', 'target_y') }}, 9) as target
    from teams
)

select
    kpi_id,
    window_kind,
    window_start,
    team_id,
    cast(agents as bigint) as agents,
    value,
    interval_low,
    interval_high,
    target,
    round(good * (value - target), 9) as gap,
    p_team_below,
    team_share_below as share_below,
    p_below_centre,
    is_team_problem,
    case
        when is_centre_wide then 'centre_wide'
        when is_team_problem then 'team'
        else 'common_cause'
    end as verdict
from natural_units
