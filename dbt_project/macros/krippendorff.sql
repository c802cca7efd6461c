{#- A whole query over `relation`, one result row for each combination of `groups`, as in agreement.sql. Reference set
    krippendorff. METHOD.md section 3. -#}

{#- Krippendorff's alpha (2011) of values given to the same unit by any number of raters; a unit rated once says nothing
    and is left out. metric: nominal, ordinal, interval or ratio (values above 0). Except for ratio the sums over pairs
    are written as sums of squares, so the work grows with the ratings, not with their square. NULL where all values are equal: there was nothing to agree
    about. Columns: groups, units, ratings, alpha. -#}
{%- macro krippendorff_alpha(relation, groups, unit, value, metric='interval') -%}
with pairable as (
    select *
    from (
        select
            {{- group_columns(groups) }}
            {{ unit }} as unit,
            {{ value }} as value,
            count(*) over ({{ within(groups, [unit]) }}) as raters
        from {{ relation }}
        where {{ value }} is not null
    ) as ratings
    where raters > 1
),

{% if metric == 'nominal' -%}
alike as (
    select
        {{- group_columns(groups) }}
        unit,
        raters,
        value,
        count(*) as alike_in_unit,
        sum(count(*)) over ({{ within(groups, ['value']) }}) as alike
    from pairable
    {{ grouped(groups, ['unit', 'raters', 'value']) }}
),

per_unit as (
    select
        {{- group_columns(groups) }}
        unit,
        raters,
        (raters * raters - sum(alike_in_unit * alike_in_unit)) / (raters - 1e0) as observed,
        -- over all ratings of a value, the sum of `alike` counts its square once
        sum(alike_in_unit * alike) as squared
    from alike
    {{ grouped(groups, ['unit', 'raters']) }}
),

sums as (
    select
        {{- group_columns(groups) }}
        count(*) as units,
        sum(raters) as ratings,
        sum(observed) as observed,
        sum(raters) * sum(raters) - sum(squared) as expected
    from per_unit
    {{ grouped(groups) }}
)

select
    {{- group_columns(groups) }}
    units,
    ratings,
    1e0 - (ratings - 1e0) * observed / nullif(cast(expected as double), 0e0) as alpha
from sums
{%- elif metric == 'ratio' -%}
numbered as (
    select
        *,
        row_number() over () as rating
    from pairable
),

pairs as (
    select
        {{- group_columns(groups, 'one.') }}
        one.raters,
        one.unit = other.unit as is_one_unit,
        power((one.value - other.value) / nullif(cast(one.value + other.value as double), 0e0), 2) as distance
    from numbered as one
    inner join numbered as other
        on one.rating <> other.rating{% for column in groups %} and one.{{ column }} = other.{{ column }}{% endfor %}
),

distances as (
    select
        {{- group_columns(groups) }}
        sum(distance / (raters - 1e0)) filter (where is_one_unit) as observed,
        sum(distance) as expected
    from pairs
    {{ grouped(groups) }}
),

counted as (
    select
        {{- group_columns(groups) }}
        count(distinct unit) as units,
        count(*) as ratings
    from pairable
    {{ grouped(groups) }}
)

select
    {{- group_columns(groups, 'counted.') }}
    counted.units,
    counted.ratings,
    1e0 - (counted.ratings - 1e0) * distances.observed / nullif(distances.expected, 0e0) as alpha
from counted
inner join distances on true{% for column in groups %} and counted.{{ column }} = distances.{{ column }}{% endfor %}
{%- else -%}
placed as (
    select
        {{- group_columns(groups) }}
        unit,
        raters,
        {% if metric == 'ordinal' -%}
        -- the middle rank of the value: the ordinal metric is the interval metric of these
        rank() over ({{ within(groups) }} order by value)
        + count(*) over ({{ within(groups, ['value']) }}) / 2e0 as place
        {%- else -%}
        cast(value as double) as place
        {%- endif %}
    from pairable
),

per_unit as (
    select
        {{- group_columns(groups) }}
        unit,
        raters,
        avg(place) as mean_place,
        var_pop(place) * raters as squares
    from placed
    {{ grouped(groups, ['unit', 'raters']) }}
),

around as (
    select
        *,
        sum(raters * mean_place) over ({{ within(groups) }}) / sum(raters) over ({{ within(groups) }}) as grand_mean
    from per_unit
),

sums as (
    select
        {{- group_columns(groups) }}
        count(*) as units,
        sum(raters) as ratings,
        sum(squares * raters / (raters - 1e0)) as observed,
        sum(squares + raters * (mean_place - grand_mean) * (mean_place - grand_mean)) as expected
    from around
    {{ grouped(groups) }}
)

select
    {{- group_columns(groups) }}
    units,
    ratings,
    1e0 - (ratings - 1e0) * observed / nullif(ratings * expected, 0e0) as alpha
from sums
{%- endif -%}
{%- endmacro -%}
