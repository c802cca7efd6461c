-- What an edition said otherwise than the one before, in kinds that a reader would name.
with history as (
    select * from {{ ref('int_item_history') }}
),

new_periods as (
    select
        min(edition) as edition,
        period_kind,
        period_start
    from history
    where kind = 'value' and not is_gone
    group by period_kind, period_start
),

arrived as (
    select
        edition,
        part as table_name,
        cast(sum(n) as double) as accepted_rows,
        sum(value) as refused_rows,
        count(*) as files,
        count(*) filter (where value > 0) as refused_files,
        min(first_day) as first_day
    from history
    where kind = 'delivery' and not is_gone and not is_first_edition
    group by edition, part
),

restated as (
    select * from {{ ref('int_restated') }}
),

changes as (
    select
        case when is_gone then 'finding_gone' else 'new_finding' end as change_kind,
        *
    from history
    where kind = 'finding'
        and case when is_gone then n_before = 1 else n = 1 and not was_said end
    union all by name
    select
        'rule_changed' as change_kind,
        *
    from history
    where case
            when kind = 'definition' then not is_gone and was_said
            when kind in ('standard', 'weight', 'rule') and was_said and not is_gone
                then value is distinct from value_before or detail is distinct from detail_before
            when kind = 'standard' then part = 'target'
            else kind in ('weight', 'rule')
        end
    union all by name
    select
        case when verdict = 'delivered' then 'table_new' else 'table_missing' end as change_kind,
        *
    from history
    where kind = 'table' and not is_gone and was_said
    union all by name
    select
        'tier_counts' as change_kind,
        *
    from history
    where kind = 'tier' and not is_gone and was_said
        and (n is distinct from n_before or first_day is distinct from first_day_before)
    union all by name
    select
        case when n = 1 and not is_gone then 'systemic_opened' else 'systemic_closed' end as change_kind,
        *
    from history
    where kind = 'systemic'
        and (n = 1 and not is_gone) <> (coalesce(n_before, 0) = 1)
),

told as (
    select
        edition,
        change_kind,
        kind as subject,
        grain,
        entity_id,
        item,
        part,
        period_kind,
        first_day as period_start,
        value_before,
        case when not is_gone then value end as value,
        n_before,
        case when not is_gone then n end as n,
        verdict_before,
        case when not is_gone then verdict end as verdict,
        false as is_verdict_flip,
        true as is_beyond_rounding,
        '' as reason,
        case when kind in ('rule', 'standard', 'weight') then detail end as owner
    from changes
    where not is_first_edition
    union all by name
    select
        edition,
        'restated' as change_kind,
        'value' as subject,
        grain,
        entity_id,
        kpi_id as item,
        '' as part,
        period_kind,
        period_start,
        value_before,
        value,
        n_before,
        n,
        verdict_before,
        verdict,
        is_verdict_flip,
        is_beyond_rounding,
        reason
    from restated
    union all by name
    select
        edition,
        'new_period' as change_kind,
        'value' as subject,
        'centre' as grain,
        'centre' as entity_id,
        '' as item,
        '' as part,
        period_kind,
        period_start,
        false as is_verdict_flip,
        true as is_beyond_rounding,
        '' as reason
    from new_periods
    where edition > (select min(edition) from history)
    union all by name
    {% for change_kind, rows, files in [('delivered', 'accepted_rows', 'files'), ('refused', 'refused_rows', 'refused_files')] %}
    select
        edition,
        '{{ change_kind }}' as change_kind,
        'delivery' as subject,
        '' as grain,
        '' as entity_id,
        table_name as item,
        '' as part,
        '' as period_kind,
        first_day as period_start,
        {{ rows }} as value,
        {{ files }} as n,
        false as is_verdict_flip,
        true as is_beyond_rounding,
        '' as reason
    from arrived
    where {{ files }} > 0
    {% if not loop.last %}union all by name{% endif %}
    {% endfor %}
),

ordered as (
    select
        *,
        row_number() over (
            partition by edition
            order by
                change_kind,
                is_verdict_flip desc,
                case grain when 'centre' then 0 when 'team' then 1 else 2 end,
                period_start desc nulls last,
                period_kind,
                item,
                entity_id,
                part,
                subject
        ) as position
    from told
)

select
    edition,
    edition = (select max(edition) from history) as is_current,
    cast(position as bigint) as position,
    change_kind as kind,
    subject,
    grain,
    entity_id,
    item,
    part,
    period_kind,
    period_start,
    value_before,
    value,
    n_before,
    n,
    verdict_before,
    verdict,
    is_verdict_flip,
    is_beyond_rounding,
    reason,
    owner
from ordered
