{#- A skill dimension has one code whatever language a form, a course or a case names it in: spelling and dimension for the
    names in `relation`, which has a column `spelling` made by the macro of that name. A name that no spelling matches stays
    as delivered.
        with source as (select *, {{ spelling('dimension') }} as spelling from …),
        known as ({{ dimensions_spelt('source') }})
        select coalesce(known.dimension, nullif(trim(source.dimension), '')) … left join known on … spelling -#}
{%- macro dimensions_spelt(relation) -%}
    select
        delivered.spelling,
        min(known.dimension) as dimension
    from (
        select spelling from {{ relation }}
        group by spelling
    ) as delivered
    inner join (
        select
            dimension,
            {{ spellings(['dimension', 'label_en', 'label_zh', 'aliases']) }} as spellings
        from {{ ref('skill_dimensions') }}
    ) as known on position(delivered.spelling in known.spellings) > 0
    where delivered.spelling <> '||'
    group by delivered.spelling
{%- endmacro -%}
