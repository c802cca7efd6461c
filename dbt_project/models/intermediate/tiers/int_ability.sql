with scores as (
    {{ composite("kpi_id <> 'adherence'") }}
)

select
    window_kind,
    window_start,
    agent_id,
    score as ability_score,
    score_sd as ability_sd
from scores
