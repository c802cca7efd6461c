-- the empty pair at the end keeps the list whole when the catalogue names no guard
select
    guard_kpi_id,
    kpi_id
from (
    values
    {% for kpi in var('kpis') %}
    {% for guarded in kpi.get('guards', []) %}
    ('{{ kpi["id"] }}', '{{ guarded }}'),
    {% endfor %}
    {% endfor %}
    (cast(null as varchar), cast(null as varchar))
) as pairs (guard_kpi_id, kpi_id)
where guard_kpi_id is not null
