-- Which KPI shows whether a goal was reached. A goal names a KPI; one that names a skill dimension of the QA form is shown by
-- the QA score; anything else has no outcome, and nothing is claimed about it.
with goals as (
    select
        *,
        lower(replace(trim(kpi_id), ' ', '_')) as goal_key
    from {{ ref('stg_coaching_log') }}
),

outcomes as (
    select
        kpi_id,
        better,
        unit,
        source_table
    from {{ ref('dim_kpi') }}
    where is_delivered and better in ('higher', 'lower') and family <> 'volume'
),

skills as (
    select lower(replace(trim(dimension), ' ', '_')) as goal_key
    from {{ ref('stg_qa_scores') }}
    where dimension is not null
    group by lower(replace(trim(dimension), ' ', '_'))
),

named as (
    select
        goals.*,
        case when skills.goal_key is null then goals.goal_key else 'qa_score' end as named_kpi_id
    from goals
    left join skills on goals.goal_key = skills.goal_key
)

select
    named.coaching_id,
    named.goal_number,
    named.agent_id,
    named.programme,
    named.held_on,
    cast(date_trunc('month', named.held_on) as date) as month_start,
    outcomes.kpi_id as outcome_kpi_id
from named
left join outcomes on named.named_kpi_id = outcomes.kpi_id
