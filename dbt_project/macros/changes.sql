{#- Columns that say which item of a published site a row is about, and those that say what the site said of it. -#}
{%- macro item_columns() -%}
    {{ return(['kind', 'grain', 'entity_id', 'item', 'part', 'period_kind', 'period_start'] + said_columns()) }}
{%- endmacro -%}

{%- macro said_columns() -%}
    {{ return(['n', 'value', 'interval_low', 'interval_high', 'reference', 'verdict', 'first_day', 'last_day', 'detail']) }}
{%- endmacro -%}

{#- One text per item; the unit separator cannot be written in an export's cell. -#}
{%- macro item_key() -%}
    concat_ws(chr(31), kind, grain, entity_id, item, part, period_kind, coalesce(cast(period_start as varchar), ''))
{%- endmacro -%}

{#- A KPI value as cards and tables write it, without unit and grouping: equal texts are no change for a reader. The same
    decimals as pipelines/figures.py; a test compares the two. `x` is a plain column name. -#}
{%- macro as_shown(unit, x) -%}
    case
        when {{ unit }} in ('share', 'ratio') then format('{:.1f}', {{ x }} * 100e0)
        when {{ unit }} = 'seconds' and {{ x }} < 59.5e0 then format('{:.1f}', {{ x }})
        when {{ unit }} in ('seconds', 'contacts') then format('{:.0f}', {{ x }})
        when {{ unit }} = 'per_thousand' then format('{:.2f}', {{ x }} * 1000e0)
        else format('{:.2f}', {{ x }})
    end
{%- endmacro -%}
