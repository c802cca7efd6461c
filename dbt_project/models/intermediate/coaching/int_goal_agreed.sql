-- Baseline and target as numbers of the KPI itself. Pages show a share as a percentage and complaints per 1,000 contacts, so
-- that is how they are typed: a number larger than the KPI can be is read that way. The other number of the same goal is then
-- read as whichever of the two lies nearer. What no reading explains is no number of this KPI.
with goals as (
    select
        agreed.coaching_id,
        agreed.goal_number,
        agreed.agent_id,
        agreed.held_on,
        agreed.due_on,
        outcomes.month_start,
        outcomes.outcome_kpi_id as kpi_id,
        kpi.family,
        kpi.better,
        kpi.settles_after_days,
        agreed.baseline_value as delivered_baseline_value,
        agreed.target_value as delivered_target_value,
        coalesce(lower(agreed.kpi_id) = outcomes.outcome_kpi_id, false) as names_kpi,
        case when lower(agreed.kpi_id) = outcomes.outcome_kpi_id then kpi.unit end as unit
    from {{ ref('stg_coaching_log') }} as agreed
    inner join {{ ref('int_coaching_goal') }} as outcomes
        on agreed.coaching_id = outcomes.coaching_id and agreed.goal_number = outcomes.goal_number
    left join {{ ref('dim_kpi') }} as kpi on outcomes.outcome_kpi_id = kpi.kpi_id
),

bounded as (
    select
        *,
        case unit when 'share' then 1e0 when 'per_thousand' then 0.05e0 end as largest,
        case unit when 'share' then 100e0 when 'per_thousand' then 1000e0 end as parts
    from goals
),

readings as (
    select
        *,
        {% for one, other in [('baseline', 'target'), ('target', 'baseline')] %}
        {%- set own = 'delivered_' ~ one ~ '_value' %}
        {%- set partner = 'delivered_' ~ other ~ '_value' %}
        case
            when {{ own }} > largest then {{ own }} / parts
            when {{ partner }} > largest
                and abs({{ own }} / parts - {{ partner }} / parts) <= abs({{ own }} - {{ partner }} / parts)
                then {{ own }} / parts
            else {{ own }}
        end as {{ one }}_value{{ "," if not loop.last }}
        {% endfor %}
    from bounded
)

select
    coaching_id,
    goal_number,
    agent_id,
    held_on,
    due_on,
    month_start,
    kpi_id,
    names_kpi,
    family,
    better,
    settles_after_days,
    {% for one in ['baseline', 'target'] %}
    case
        when unit is null or {{ one }}_value between 0 and coalesce(largest, {{ one }}_value) then round({{ one }}_value, 9)
    end as {{ one }}_value{{ "," if not loop.last }}
    {% endfor %}
from readings
