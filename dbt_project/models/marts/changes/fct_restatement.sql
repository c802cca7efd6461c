select
    restated.edition,
    editions.as_of,
    editions.previous_as_of,
    editions.is_current,
    restated.kpi_id,
    restated.grain,
    restated.entity_id,
    restated.period_kind,
    restated.period_start,
    restated.value_before,
    restated.value,
    round(restated.value - restated.value_before, 9) as difference,
    restated.n_before,
    restated.n,
    restated.verdict_before,
    restated.verdict,
    restated.is_beyond_rounding,
    restated.is_verdict_flip,
    restated.reason,
    restated.files,
    restated.file_count
from {{ ref('int_restated') }} as restated
inner join {{ ref('dim_edition') }} as editions on restated.edition = editions.edition
