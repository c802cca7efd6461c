{#- Passes of the least-squares solution. A form's cell mean holds the other graders' leniency as well, so each pass takes
    out what the pass before found. With graders mixed by lot the first pass is already the answer; graders who each
    see mostly one team need several. -#}
{%- set passes = 12 -%}
{%- set z = var('interval_z') ~ 'e0' -%}
with rule as (
    select value as min_forms from {{ ref('int_rule_now') }}
    where rule_id = 'grader_min_forms'
),

quarters as (
    select quarter_start from {{ ref('int_evaluation_form') }}
    group by quarter_start
),

graders as (
    select
        quarters.quarter_start,
        forms.grader,
        count(*) as forms
    from quarters
    inner join {{ ref('int_evaluation_form') }} as forms
        on quarters.quarter_start >= forms.quarter_start
        and quarters.quarter_start - interval 9 months <= forms.quarter_start
    where forms.score_points is not null
    group by quarters.quarter_start, forms.grader
),

-- from here on a form weighs 1 / its noise variance
shared as (
    select
        overlap.quarter_start,
        overlap.grader,
        overlap.other_grader,
        sum(overlap.shared_forms / noise.noise_variance) as shared_weight,
        sum(overlap.shared_forms) as shared_forms
    from {{ ref('int_grader_overlap') }} as overlap
    inner join {{ ref('int_grader_noise') }} as noise
        on overlap.quarter_start = noise.quarter_start and overlap.is_calibration = noise.is_calibration
    where noise.noise_variance > 0
    group by overlap.quarter_start, overlap.grader, overlap.other_grader
),

weighted as (
    select
        sums.quarter_start,
        sums.grader,
        sum(sums.forms) as forms,
        sum(sums.forms / noise.noise_variance) as weight,
        sum(sums.deviation / noise.noise_variance) as deviation
    from {{ ref('int_grader_sum') }} as sums
    inner join {{ ref('int_grader_noise') }} as noise
        on sums.quarter_start = noise.quarter_start and sums.is_calibration = noise.is_calibration
    where noise.noise_variance > 0
    group by sums.quarter_start, sums.grader
),

compared as (
    select
        weighted.quarter_start,
        weighted.grader,
        weighted.weight,
        weighted.deviation,
        weighted.forms - own.shared_forms as comparable_forms,
        weighted.weight - own.shared_weight as comparable_weight,
        -- as long a step as still converges
        least(weighted.weight, 2e0 * (weighted.weight - own.shared_weight)) as step_weight,
        weighted.weight / sum(weighted.weight) over (partition by weighted.quarter_start) as share_of_weight
    from weighted
    inner join shared as own
        on weighted.quarter_start = own.quarter_start
        and weighted.grader = own.grader
        and weighted.grader = own.other_grader
),

-- one pass: new leniency = constant + sum over graders (themselves included) of coefficient x leniency found so far
steps as (
    select
        compared.quarter_start,
        compared.grader,
        shared.other_grader,
        compared.deviation / compared.step_weight as constant,
        (
            shared.shared_weight
            + case when compared.grader = shared.other_grader then compared.step_weight - compared.weight else 0e0 end
        ) / compared.step_weight as coefficient
    from compared
    inner join shared
        on compared.quarter_start = shared.quarter_start and compared.grader = shared.grader
),

pass_0 as (
    select
        quarter_start,
        grader,
        0e0 as points
    from compared
),
{% for pass in range(1, passes + 1) %}
pass_{{ pass }} as (
    select
        steps.quarter_start,
        steps.grader,
        max(steps.constant) + sum(steps.coefficient * found.points) as points
    from steps
    inner join pass_{{ pass - 1 }} as found
        on steps.quarter_start = found.quarter_start and steps.other_grader = found.grader
    group by steps.quarter_start, steps.grader
),
{% endfor %}
judged as (
    select
        graders.quarter_start,
        graders.grader,
        graders.forms,
        coalesce(compared.comparable_forms, 0e0) as comparable_forms,
        found.points as raw_points,
        power(1e0 - compared.share_of_weight, 2) / compared.comparable_weight as v,
        case
            when graders.forms < rule.min_forms then 'too_few_forms'
            when round(coalesce(compared.comparable_forms, 0e0), 9) < rule.min_forms / 2e0 then 'not_comparable'
            else 'judged'
        end as verdict
    from graders
    cross join rule
    left join compared on graders.quarter_start = compared.quarter_start and graders.grader = compared.grader
    left join pass_{{ passes }} as found on graders.quarter_start = found.quarter_start and graders.grader = found.grader
),

-- variance between graders in two steps (Hedges, then DerSimonian and Kacker), as for every KPI
started as (
    select
        *,
        greatest(0e0, var_samp(raw_points) over whole - avg(v) over whole) as start_tau2
    from judged
    where verdict = 'judged' and v > 0
    window whole as (partition by quarter_start)
),

centred as (
    select
        *,
        1e0 / (v + start_tau2) as w,
        sum(raw_points / (v + start_tau2)) over whole / sum(1e0 / (v + start_tau2)) over whole as mu
    from started
    window whole as (partition by quarter_start)
),

spread as (
    select
        quarter_start,
        count(*) as k,
        avg(v) as average_v,
        greatest(
            0e0,
            (sum(w * power(raw_points - mu, 2)) - (sum(w * v) - sum(w * w * v) / sum(w)))
            / nullif(sum(w) - sum(w * w) / sum(w), 0e0)
        ) as tau2
    from centred
    group by quarter_start
),

steadied as (
    select
        judged.*,
        spread.k,
        spread.average_v,
        spread.tau2,
        coalesce(spread.tau2 / nullif(spread.tau2 + judged.v, 0e0), 0e0) as r,
        -- how much of the shrinking is sure, the spread itself being estimated from k graders (Morris 1983)
        greatest(0e0, (spread.k - 3e0) / nullif(spread.k - 1e0, 0e0))
        * judged.v / nullif(spread.tau2 + judged.v, 0e0) as sure_shrinking
    from judged
    left join spread on judged.verdict = 'judged' and judged.quarter_start = spread.quarter_start
),

bounded as (
    select
        *,
        sqrt(
            v * (1e0 - (k - 1e0) / k * sure_shrinking)
            + case
                when k > 3
                    then
                        2e0 / (k - 3e0) * power(sure_shrinking * raw_points, 2) * (average_v + tau2) / nullif(v + tau2, 0e0)
                else 0e0
            end
        ) as error
    from steadied
)

select
    quarter_start,
    grader,
    forms,
    round(comparable_forms, 6) as comparable_forms,
    verdict,
    round(raw_points, 9) as raw_points,
    round(r, 9) as reliability,
    -- not rounded: scores less it are averaged, and a rounded part would put averages between two published digits
    coalesce(r * raw_points, 0e0) as leniency_points,
    round(r * raw_points - {{ z }} * error, 9) as leniency_low,
    round(r * raw_points + {{ z }} * error, 9) as leniency_high
from bounded
