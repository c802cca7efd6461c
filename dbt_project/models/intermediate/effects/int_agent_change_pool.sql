-- What lasting differences there are between people on a KPI around a month: mean before and after, and the variance between
-- people (DerSimonian and Kacker 2007, two steps, as everywhere). Where people stood comes from all of them: leaving out those
-- who were coached, often the lowest, would raise the mean and narrow the spread. What moved everybody comes from the others,
-- against what each of them was to be expected at.
with coached as (
    select
        agent_id,
        outcome_kpi_id as kpi_id,
        month_start as start_month
    from {{ ref('int_coaching_goal') }}
    where outcome_kpi_id is not null
    group by agent_id, outcome_kpi_id, month_start
),

-- only months in which somebody was coached on the KPI
months as (
    select
        kpi_id,
        start_month
    from coached
    group by kpi_id, start_month
),

everybody as (
    select
        spans.kpi_id,
        spans.start_month,
        coached.agent_id is not null as is_coached,
        spans.pre1,
        spans.post,
        spans.pre1_variance,
        spans.post_variance,
        avg(spans.pre1) over (partition by spans.kpi_id, spans.start_month) as middle
    from {{ ref('int_effect_span') }} as spans
    inner join months on spans.kpi_id = months.kpi_id and spans.start_month = months.start_month
    left join coached
        on spans.kpi_id = coached.kpi_id
        and spans.start_month = coached.start_month
        and spans.agent_id = coached.agent_id
    where spans.pre1_variance > 0 and spans.post_variance > 0
),

first_step as (
    select
        *,
        greatest(
            0e0,
            var_samp(pre1) over (partition by kpi_id, start_month) - avg(pre1_variance) over (partition by kpi_id, start_month)
        ) as first_tau2
    from everybody
),

weighted as (
    select
        *,
        pre1 - middle as y,
        1e0 / (pre1_variance + first_tau2) as w
    from first_step
    where first_tau2 is not null
),

sums as (
    select
        kpi_id,
        start_month,
        count(*) filter (where not is_coached) as people,
        sum(w) as sw,
        sum(w * w) as sww,
        sum(w * pre1_variance) as swv,
        sum(w * w * pre1_variance) as swwv,
        sum(w * y) as swy,
        sum(w * y * y) as swyy
    from weighted
    group by kpi_id, start_month
),

spread as (
    select
        kpi_id,
        start_month,
        people,
        greatest(0e0, (swyy - swy * swy / sw - (swv - swwv / sw)) / nullif(sw - sww / sw, 0e0)) as tau2
    from sums
),

before as (
    select
        spread.kpi_id,
        spread.start_month,
        spread.people,
        spread.tau2,
        sum(everybody.pre1 / (everybody.pre1_variance + spread.tau2))
        / sum(1e0 / (everybody.pre1_variance + spread.tau2)) as mean_before
    from everybody
    inner join spread on everybody.kpi_id = spread.kpi_id and everybody.start_month = spread.start_month
    group by spread.kpi_id, spread.start_month, spread.people, spread.tau2
),

moved as (
    select
        everybody.kpi_id,
        everybody.start_month,
        everybody.post
        - {{ change_expected(
            'everybody.pre1', 'everybody.pre1_variance', 'before.mean_before', 'before.mean_before', 'before.tau2'
        ) }} as residual,
        1e0 / (everybody.post_variance + before.tau2) as w
    from everybody
    inner join before on everybody.kpi_id = before.kpi_id and everybody.start_month = before.start_month
    where not everybody.is_coached
)

select
    before.kpi_id,
    before.start_month,
    cast(before.people as bigint) as people,
    before.tau2,
    before.mean_before,
    before.mean_before + sum(moved.w * moved.residual) / sum(moved.w) as mean_after
from before
inner join moved on before.kpi_id = moved.kpi_id and before.start_month = moved.start_month
group by before.kpi_id, before.start_month, before.people, before.tau2, before.mean_before
