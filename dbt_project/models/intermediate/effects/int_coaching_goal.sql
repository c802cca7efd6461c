-- Which KPI shows whether a goal was reached. A goal names a KPI; one that names a skill dimension of the QA form, in any of its
-- spellings, is shown by the QA score; anything else has no outcome, and nothing is claimed about it.
with outcomes as (
    select kpi_id
    from {{ ref('dim_kpi') }}
    where is_delivered and better in ('higher', 'lower') and family <> 'volume'
),

skills as (
    select {{ spellings(['dimension', 'label_en', 'label_zh', 'aliases']) }} as spellings
    from {{ ref('skill_dimensions') }}
),

spelt as (
    select
        kpi_id,
        lower(trim(kpi_id)) as kpi_key,
        {{ spelling('kpi_id') }} as spelling
    from {{ ref('stg_coaching_log') }}
    where kpi_id is not null
    group by kpi_id
),

named as (
    select
        spelt.kpi_id,
        case when count(skills.spellings) > 0 then 'qa_score' else max(spelt.kpi_key) end as named_kpi_id
    from spelt
    left join skills on position(spelt.spelling in skills.spellings) > 0
    group by spelt.kpi_id
)

select
    goals.coaching_id,
    goals.goal_number,
    goals.agent_id,
    goals.programme,
    goals.held_on,
    cast(date_trunc('month', goals.held_on) as date) as month_start,
    outcomes.kpi_id as outcome_kpi_id
from {{ ref('stg_coaching_log') }} as goals
left join named on goals.kpi_id = named.kpi_id
left join outcomes on named.named_kpi_id = outcomes.kpi_id
