-- Differences in differences over all start months of a programme. Each month (and direction of work) is a comparison of its
-- own; they are averaged by precision, n1 n0 / (n1 + n0). Colleagues serve as the other side of several months: the overlap
-- factor says by how much that widens the error, from each person's summed influence. With one start month it is 1 and all
-- of this is the textbook formula.
{%- set programme = ['programme_kind', 'programme_id', 'kpi_id', 'change_kind'] %}
{%- set keys = programme | join(', ') %}
{%- set cohort_keys = keys ~ ', start_month, direction' %}
{%- set changes = {
    'skip': 'post - pre0', 'selection': 'post - pre1',
    'month_1': 'month_1 - pre0', 'month_2': 'month_2 - pre0', 'month_3': 'month_3 - pre0',
} %}
with members as (
    select * from {{ ref('int_effect_member') }}
),

changes as (
    {% for change_kind, change in changes.items() %}
    select
        programme_kind,
        programme_id,
        kpi_id,
        '{{ change_kind }}' as change_kind,
        start_month,
        direction,
        agent_id,
        is_treated,
        {{ change }} as change
    from members
    where {{ change }} is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

arms as (
    select
        {{ cohort_keys }},
        is_treated,
        count(*) as n,
        avg(change) as mean_change,
        regr_sxx(change, change) as squares
    from changes
    group by {{ cohort_keys }}, is_treated
),

cohorts as (
    select
        {% for key in programme + ['start_month', 'direction'] %}
        treated.{{ key }},
        {% endfor %}
        treated.n as n_treated,
        control.n as n_control,
        treated.mean_change as treated_change,
        control.mean_change as control_change,
        treated.squares as treated_squares,
        control.squares as control_squares,
        treated.n * control.n / cast(treated.n + control.n as double) as cohort_weight
    from arms as treated
    inner join arms as control
        on treated.programme_kind = control.programme_kind
        and treated.programme_id = control.programme_id
        and treated.kpi_id = control.kpi_id
        and treated.change_kind = control.change_kind
        and treated.start_month = control.start_month
        and treated.direction = control.direction
    where treated.is_treated and not control.is_treated
),

shares as (
    select
        *,
        cohort_weight / sum(cohort_weight) over (partition by {{ keys }}) as cohort_share
    from cohorts
),

pooled as (
    select
        {{ keys }},
        count(*) as cohorts,
        sum(n_treated) as treated_rows,
        sum(n_control) as control_rows,
        sum(n_treated * treated_change) / sum(n_treated) as before_after,
        sum(cohort_share * (treated_change - control_change)) as did,
        sum(treated_squares) / nullif(sum(n_treated) - count(*), 0) as treated_variance,
        sum(control_squares) / nullif(sum(n_control) - count(*), 0) as control_variance,
        sum(cohort_share * cohort_share / n_treated) as treated_share,
        sum(cohort_share * cohort_share / n_control) as control_share
    from shares
    group by {{ keys }}
),

-- how far each person pulls the difference, in the months in which they are compared
pulls as (
    select
        {% for key in programme %}
        changes.{{ key }},
        {% endfor %}
        changes.agent_id,
        changes.is_treated,
        case
            when changes.is_treated
                then
                    shares.cohort_share * (changes.change - shares.treated_change) / shares.n_treated
                    * sqrt(pooled.treated_rows / nullif(cast(pooled.treated_rows - pooled.cohorts as double), 0e0))
            else
                -shares.cohort_share * (changes.change - shares.control_change) / shares.n_control
                * sqrt(pooled.control_rows / nullif(cast(pooled.control_rows - pooled.cohorts as double), 0e0))
        end as pull
    from changes
    inner join shares
        on changes.programme_kind = shares.programme_kind
        and changes.programme_id = shares.programme_id
        and changes.kpi_id = shares.kpi_id
        and changes.change_kind = shares.change_kind
        and changes.start_month = shares.start_month
        and changes.direction = shares.direction
    inner join pooled
        on changes.programme_kind = pooled.programme_kind
        and changes.programme_id = pooled.programme_id
        and changes.kpi_id = pooled.kpi_id
        and changes.change_kind = pooled.change_kind
),

people as (
    select
        {{ keys }},
        agent_id,
        max({{ one_if('is_treated') }}) as is_treated,
        max({{ one_if('not is_treated') }}) as is_control,
        sum(pull) as pull,
        sum(pull * pull) as pull_squares
    from pulls
    group by {{ keys }}, agent_id
),

factors as (
    select
        {{ keys }},
        sum(is_treated) as n_treated,
        sum(is_control) as n_control,
        greatest(1e0, coalesce(sum(pull * pull) / nullif(sum(pull_squares), 0e0), 1e0)) as overlap_factor
    from people
    group by {{ keys }}
)

select
    {% for key in programme %}
    pooled.{{ key }},
    {% endfor %}
    cast(pooled.cohorts as bigint) as cohorts,
    cast(factors.n_treated as bigint) as n_treated,
    cast(factors.n_control as bigint) as n_control,
    pooled.before_after,
    sqrt(pooled.treated_variance / pooled.treated_rows) as before_after_error,
    pooled.did,
    sqrt(
        factors.overlap_factor
        * (pooled.treated_variance * pooled.treated_share + pooled.control_variance * pooled.control_share)
    ) as did_error,
    factors.overlap_factor
from pooled
inner join factors
    on pooled.programme_kind = factors.programme_kind
    and pooled.programme_id = factors.programme_id
    and pooled.kpi_id = factors.kpi_id
    and pooled.change_kind = factors.change_kind
