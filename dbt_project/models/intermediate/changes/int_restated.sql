-- Figures of past periods that an edition says otherwise than the one before, where a reader sees it, and why.
with history as (
    select * from {{ ref('int_item_history') }}
),

editions as (
    select
        edition,
        as_of,
        lag(as_of) over (order by edition) as previous_as_of
    from (
        select
            edition,
            max(as_of) as as_of
        from history
        group by edition
    ) as days
),

shown as (
    select
        history.edition,
        history.grain,
        history.entity_id,
        history.item as kpi_id,
        history.period_kind,
        history.period_start,
        periods.period_end,
        history.value_before,
        case when not history.is_gone then history.value end as value,
        history.n_before,
        case when not history.is_gone then history.n end as n,
        history.verdict_before,
        case when not history.is_gone then history.verdict end as verdict,
        kpi.unit,
        kpi.settles_after_days,
        {{ as_shown('kpi.unit', 'history.value') }} as value_text,
        {{ as_shown('kpi.unit', 'history.value_before') }} as value_before_text,
        history.is_gone,
        editions.previous_as_of
    from history
    inner join {{ ref('dim_kpi') }} as kpi on history.item = kpi.kpi_id and kpi.is_delivered
    inner join {{ ref('dim_period') }} as periods
        on history.period_kind = periods.period_kind and history.period_start = periods.period_start
    inner join editions on history.edition = editions.edition
    where history.kind = 'value' and history.was_said
),

restated as (
    select
        *,
        is_gone or value_text <> value_before_text as is_beyond_rounding,
        coalesce(verdict, '') <> coalesce(verdict_before, '')
        and (
            coalesce(verdict, '') in ('better_than_target', 'worse_than_target')
            or verdict_before in ('better_than_target', 'worse_than_target')
        ) as is_verdict_flip
    from shown
),

seen as (
    select * from restated
    where is_beyond_rounding or is_verdict_flip
),

-- contract tables that a KPI is made of
needed as (
    select
        kpi_id,
        split_part(unnest(string_split(needs, ', ')), '.', 1) as table_name
    from {{ ref('dim_kpi') }}
    union
    select
        kpi_id,
        case source_table
            when 'evaluations' then 'qa_scores' when 'workdays' then 'attendance' else source_table
        end as table_name
    from {{ ref('dim_kpi') }}
),

subjects as (
    select
        edition,
        kpi_id,
        period_kind,
        period_start,
        any_value(period_end) as period_end
    from seen
    group by edition, kpi_id, period_kind, period_start
),

sources as (
    select
        subjects.edition,
        subjects.kpi_id,
        subjects.period_kind,
        subjects.period_start,
        list_sort(list(distinct deliveries.detail) filter (
            where deliveries.first_day <= subjects.period_end and deliveries.last_day >= subjects.period_start
        )) as files,
        list_sort(list(distinct deliveries.detail)) as all_files
    from subjects
    inner join needed on subjects.kpi_id = needed.kpi_id
    inner join history as deliveries
        on subjects.edition = deliveries.edition
        and deliveries.kind = 'delivery'
        and needed.table_name = deliveries.part
    group by subjects.edition, subjects.kpi_id, subjects.period_kind, subjects.period_start
),

rosters as (
    select
        edition,
        list_sort(list(distinct detail)) as files
    from history
    where kind = 'delivery' and part in ('agents', 'teams')
    group by edition
),

redefined as (
    select
        edition,
        item as kpi_id,
        bool_or(kind = 'definition') as is_redefined,
        bool_or(kind = 'standard') as has_new_standard
    from history
    where not is_first_edition and (kind = 'standard' or (kind = 'definition' and was_said))
    group by edition, item
),

explained as (
    select
        seen.*,
        case
            when redefined.is_redefined then 'definition'
            when sources.files is not null then 'delivery'
            when redefined.has_new_standard and not seen.is_beyond_rounding then 'standard'
            when seen.period_end + cast(seen.settles_after_days as integer) > seen.previous_as_of then 'settled'
            when sources.all_files is not null then 'late_delivery'
            when seen.grain = 'team' and rosters.files is not null then 'roster'
            else 'other'
        end as reason,
        sources.files,
        sources.all_files,
        rosters.files as roster_files
    from seen
    left join redefined on seen.edition = redefined.edition and seen.kpi_id = redefined.kpi_id
    left join sources
        on seen.edition = sources.edition and seen.kpi_id = sources.kpi_id
        and seen.period_kind = sources.period_kind and seen.period_start = sources.period_start
    left join rosters on seen.edition = rosters.edition
),

filed as (
    select
        *,
        coalesce(
            case reason when 'delivery' then files when 'late_delivery' then all_files when 'roster' then roster_files end,
            cast([] as varchar[])
        ) as named
    from explained
)

select
    edition,
    grain,
    entity_id,
    kpi_id,
    period_kind,
    period_start,
    value_before,
    value,
    n_before,
    n,
    verdict_before,
    verdict,
    is_beyond_rounding,
    is_verdict_flip,
    reason,
    coalesce(array_to_string(named[1:3], ', '), '') as files,
    cast(len(named) as bigint) as file_count
from filed
