with catalogue as (
    {% for kpi in var('kpis') %}
    select
        {{ text_literal(kpi['id']) }} as kpi_id,
        cast({{ loop.index }} as bigint) as position,
        {{ text_literal(kpi['label']['en']) }} as label_en,
        {{ text_literal(kpi['label']['zh']) }} as label_zh,
        {{ measured_text(kpi['meaning']['en']) }} as meaning_en,
        {{ measured_text(kpi['meaning']['zh']) }} as meaning_zh,
        {{ text_literal(kpi['unit']) }} as unit,
        {{ text_literal(kpi['family']) }} as family,
        {{ text_literal(kpi['better']) }} as better,
        cast({{ kpi['decimals'] }} as bigint) as decimals,
        {{ text_literal(kpi['from']) }} as source_table,
        {{ text_literal(with_settings(kpi['counts'])) }} as counts_sql,
        {{ text_literal(with_settings(kpi.get('counts_for_people', kpi['counts']))) }} as counts_people_sql,
        {{ text_literal(with_settings(kpi['measure'])) }} as measure_sql,
        cast({{ settling_days(kpi) }} as bigint) as settles_after_days,
        {{ text_literal(kpi['grains'] | join(', ')) }} as grains,
        {{ text_literal(kpi.get('headline', []) | join(', ')) }} as headline_grains,
        {{ text_literal(kpi.get('aspect', '')) }} as aspect,
        {{ text_literal(kpi.get('guards', []) | join(', ')) }} as guards,
        {{ text_literal(kpi['needs'] | join(', ')) }} as needs
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

needed as (
    {% for kpi in var('kpis') %}
    {% set last_kpi = loop.last %}
    {% for need in kpi['needs'] %}
    select
        {{ text_literal(kpi['id']) }} as kpi_id,
        {{ text_literal(need) }} as need
    {% if not (last_kpi and loop.last) %}union all{% endif %}
    {% endfor %}
    {% endfor %}
),

missing as (
    select
        needed.kpi_id,
        string_agg(needed.need, ', ' order by needed.need) as missing
    from needed
    inner join {{ ref('int_delivered_column') }} as delivered
        on needed.need = delivered.need and not delivered.is_delivered
    group by needed.kpi_id
)

select
    catalogue.*,
    coalesce(missing.missing, '') as missing,
    missing.missing is null as is_delivered
from catalogue
left join missing on catalogue.kpi_id = missing.kpi_id
