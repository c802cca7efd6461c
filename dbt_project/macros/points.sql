{#- Points of a KPI on the scale that all KPIs share: minimum standard 60, target 80, excellent 100. METHOD.md 4.1 and 4.3.
    The direction is implied by the order of the three anchors. Reference sets points and points_gh3 in tests/method. -#}

{#- Points (0 to 100) of a value x: straight lines through the anchors; the lower one continues below the minimum. NULL
    without a value or three anchors in strict order. -#}
{%- macro kpi_points(x, minimum, target, excellent) -%}
    case
        when ({{ x }}) is null or {{ is_nan('cast(' ~ x ~ ' as double)') }} then null
        when not coalesce(({{ target }} - {{ minimum }}) * ({{ excellent }} - {{ target }}) > 0, false) then null
        when ({{ x }} - {{ target }}) * ({{ excellent }} - {{ target }}) >= 0
            then least(100e0, 80e0 + 20e0 * ({{ x }} - {{ target }}) / ({{ excellent }} - {{ target }}))
        else greatest(0e0, 80e0 + 20e0 * ({{ x }} - {{ target }}) / ({{ target }} - {{ minimum }}))
    end
{%- endmacro -%}

{#- Three-node Gauss-Hermite rule for a value known as normal (m, s): its points at m, and sqrt(3) standard deviations below
    and above, as columns points_0, points_1 and points_2. Mean within .2 points of the exact integral, SD within .04. -#}
{%- macro points_nodes(m, s, minimum, target, excellent) -%}
    {{ kpi_points(m, minimum, target, excellent) }} as points_0,
    {{ kpi_points('(' ~ points_node(m, s, -1) ~ ')', minimum, target, excellent) }} as points_1,
    {{ kpi_points('(' ~ points_node(m, s, 1) ~ ')', minimum, target, excellent) }} as points_2
{%- endmacro -%}

{%- macro points_node(m, s, side) -%}
    {{ m }} {{ '-' if side < 0 else '+' }} 1.7320508075688772e0 * {{ s }}
{%- endmacro -%}

{#- Expected points, from the points at the three nodes. -#}
{%- macro points_mean(f0, f1, f2) -%}
    (({{ f1 }} + 4e0 * {{ f0 }} + {{ f2 }}) / 6e0)
{%- endmacro -%}

{#- Standard deviation of the points; rounding can make the variance a hair negative, hence the floor. -#}
{%- macro points_sd(f0, f1, f2) -%}
    case
        when {{ points_mean(f0, f1, f2) }} is not null
            then
                sqrt(greatest(
                    0e0,
                    ({{ f1 }} * {{ f1 }} + 4e0 * {{ f0 }} * {{ f0 }} + {{ f2 }} * {{ f2 }}) / 6e0
                    - {{ points_mean(f0, f1, f2) }} * {{ points_mean(f0, f1, f2) }}
                ))
    end
{%- endmacro -%}

{#- Points gained per unit of the KPI around its value; NULL where the value is known exactly (s = 0). -#}
{%- macro points_slope(f1, f2, s) -%}
    (({{ f2 }} - {{ f1 }}) / nullif(2e0 * 1.7320508075688772e0 * {{ s }}, 0e0))
{%- endmacro -%}
