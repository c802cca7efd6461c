{#- What only the talent quadrant and the lists of rising agents need. METHOD.md section 6. Reference sets cronbach and
    quadrant in tests/method. -#}

{#- Fewest colleagues whose ratings make a peer rating: with fewer, one opinion decides and its author is known. -#}
{%- macro peer_min_raters() -%}{{ var('peer_min_raters', 3) }}{%- endmacro -%}

{#- An item that fewer than this share of the agents have would compare people on different things; it is not used. -#}
{%- macro engagement_item_share() -%}{{ var('engagement_item_share', 0.5) }}e0{%- endmacro -%}

{#- Quarters looked back over for a rise, the fewest of them an agent needs, and how sure a rise must be. -#}
{%- macro rising_quarters() -%}{{ var('rising_quarters', 4) }}{%- endmacro -%}
{%- macro rising_min_quarters() -%}{{ var('rising_min_quarters', 3) }}{%- endmacro -%}
{%- macro rising_sure() -%}{{ var('rising_sure', 0.9) }}e0{%- endmacro -%}

{#- Codes of the quadrants in source order I to IV, strengths first, with the action each suggests. -#}
{%- macro quadrants() -%}
    {{ return({
        'lead': 'widen_responsibility',
        'unblock': 'ask_what_is_in_the_way',
        'develop': 'train_and_match',
        'restart': 'one_small_plan',
    }) }}
{%- endmacro -%}

{#- What stands in place of a quadrant. -#}
{%- macro no_quadrants() -%}
    {{ return(['between', 'not_rated', 'not_enough_evidence', 'new_starter']) }}
{%- endmacro -%}

{#- Cronbach's (1951) alpha of a score that adds up items, from their number, the sum of their variances between people and
    the variance of the total between people. NULL for one item or where nobody differs. -#}
{%- macro cronbach_alpha(items, item_variance_sum, total_variance) -%}
    ({{ items }} / nullif({{ items }} - 1e0, 0e0) * (1e0 - {{ item_variance_sum }} / nullif({{ total_variance }}, 0e0)))
{%- endmacro -%}

{#- Variance of what is measured, over and above the error v of each measurement y: Hedges' moment estimate, floor 0.
    Aggregate. -#}
{%- macro variance_beyond_error(y, v) -%}
    greatest(0e0, coalesce(var_samp({{ y }}), 0e0) - avg({{ v }}))
{%- endmacro -%}

{#- A value pulled towards the mean by the unreliable part of its distance from it, METHOD.md section 3: y = value, v = its
    error variance, tau2 = variance between people, mu = their mean and vmu its variance. Nothing known (both 0): mu. -#}
{%- macro steadied(y, v, tau2, mu) -%}
    ({{ mu }} + coalesce({{ tau2 }} / nullif({{ tau2 }} + {{ v }}, 0e0), 0e0) * ({{ y }} - {{ mu }}))
{%- endmacro -%}

{#- Variance of that steadied value. -#}
{%- macro steadied_variance(v, tau2, vmu) -%}
    coalesce(
        {{ tau2 }} * {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0)
        + {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0) * {{ v }} / nullif({{ tau2 }} + {{ v }}, 0e0) * {{ vmu }},
        0e0
    )
{%- endmacro -%}

{#- How far a score lies above a cut, in its standard deviations; norm_cdf of it is the probability of truly being there. -#}
{%- macro distance_above(score, sd, cut) -%}
    (({{ score }} - {{ cut }}) / greatest({{ sd }}, 1e-9))
{%- endmacro -%}

{#- What must be hidden in a table of counts so that nothing can be worked out from what is shown. `relation` has columns
    row_key, column_key, people, least (the smallest count that may be told), is_hidden (hidden on its own account) and those
    of `partition`, which name one table; `lines` are the directions whose totals a reader knows. A line with hidden counts
    needs at least two of them, together at least `least` and more than one person each; until then its smallest shown count
    is hidden too. A line below `least` has no total to subtract from. Each pass can open the other direction, so they
    take turns twice; a table in which a line is still open shows nothing. Gives the columns with the new is_hidden. -#}
{%- macro hidden_counts(relation, partition, lines) -%}
with hidden_0 as (
    select * from {{ relation }}
)
    {%- for line in lines + lines %}
,

counted_{{ loop.index }} as (
    select
        *,
        {{ hidden_in_line('total') }},
        coalesce(sum({{ one_if('not is_hidden and people > 0') }}) over smaller, 0) as shown_before,
        coalesce(sum({{ one_if('not is_hidden') }} * people) over smaller, 0) as people_before
    from hidden_{{ loop.index0 }}
    window
        total as (partition by {{ partition }}, {{ line }}),
        smaller as (
            partition by {{ partition }}, {{ line }}
            order by people, row_key, column_key
            rows between unbounded preceding and 1 preceding
        )
),

hidden_{{ loop.index }} as (
    select
        * exclude (is_hidden, line_people, line_hidden_counts, line_hidden_people, line_shown_counts, shown_before, people_before),
        is_hidden
        or (people > 0 and {{ line_is_open('line_hidden_counts + shown_before', 'line_hidden_people + people_before') }}) as is_hidden
    from counted_{{ loop.index }}
)
    {%- endfor %}
    {%- for line in lines %}
,

checked_{{ loop.index }} as (
    select
        *,
        {{ hidden_in_line('total') }}
    from {{ 'hidden_' ~ 2 * lines | length if loop.first else 'judged_' ~ loop.index0 }}
    window total as (partition by {{ partition }}, {{ line }})
),

judged_{{ loop.index }} as (
    select
        * exclude (line_people, line_hidden_counts, line_hidden_people, line_shown_counts),
        {{ line_is_open('line_hidden_counts', 'line_hidden_people') }} as is_open_{{ loop.index }}
    from checked_{{ loop.index }}
)
    {%- endfor %}

select
    * exclude (is_hidden{% for line in lines %}, is_open_{{ loop.index }}{% endfor %}),
    is_hidden
    or bool_or({% for line in lines %}{{ ' or ' if not loop.first }}is_open_{{ loop.index }}{% endfor %}) over (
        partition by {{ partition }}
    ) as is_hidden
from judged_{{ lines | length }}
{%- endmacro -%}

{%- macro hidden_in_line(total) -%}
    sum(people) over {{ total }} as line_people,
        sum({{ one_if('is_hidden and people > 0') }}) over {{ total }} as line_hidden_counts,
        sum({{ one_if('is_hidden') }} * people) over {{ total }} as line_hidden_people,
        sum({{ one_if('not is_hidden') }}) over {{ total }} as line_shown_counts
{%- endmacro -%}

{%- macro line_is_open(counts, people_hidden) -%}
    line_hidden_counts > 0
        and line_shown_counts > 0
        and line_people >= least
        and ({{ counts }} < 2 or {{ people_hidden }} < greatest(least, {{ counts }} + 1))
{%- endmacro -%}
