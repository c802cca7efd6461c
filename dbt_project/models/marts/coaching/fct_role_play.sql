{% set scenes = 6 -%}
{% set members = 3 -%}
with names as (
    select
        team_id,
        lower(name) as name
    from {{ ref('stg_agents') }}
    where trim(name) <> ''
    union
    select
        team_id,
        lower(leader) as name
    from {{ ref('stg_teams') }}
    where trim(leader) <> ''
),

named as (
    select
        items.evaluation_id,
        items.grader,
        items.item
    from {{ ref('int_focus_item') }} as items
    inner join names on items.team_id = names.team_id and position(names.name in lower(items.quote)) > 0
    where items.is_missed
    group by items.evaluation_id, items.grader, items.item
),

items as (
    select
        items.*,
        -- words that may name somebody are left out: titles, introductions, numbers, addresses, names within a sentence
        case
            when items.is_missed
                and named.evaluation_id is null
                and length(items.quote) <= 160
                and not regexp_matches(
                    items.quote, '[0-9]{3}|•|@|先生|女士|小姐|太太|同志|老师|师傅|经理|我叫|我姓|我是|工号|名字|免贵|姓名'
                )
                and not regexp_matches(items.quote, '(?i)\b(mr|mrs|ms|miss|dr|sir|madam|my name|this is|speaking)\b')
                and not regexp_matches(items.quote, '[\p{Ll}\p{Lo},;:] ?\p{Lu}[\p{Ll}]')
                then {{ without_long_numbers('items.quote') }}
        end as safe_quote
    from {{ ref('int_focus_item') }} as items
    left join named
        on items.evaluation_id = named.evaluation_id and items.grader = named.grader and items.item = named.item
    where items.team_id is not null and items.error_type is not null
),

-- words of a kind of error that only one or two members missed would point at them
kinds as (
    select
        window_kind,
        window_start,
        team_id,
        error_type,
        count(distinct agent_id) filter (where is_missed) as people_missing
    from items
    group by window_kind, window_start, team_id, error_type
),

scenes as (
    select
        window_kind,
        window_start,
        bool_or(is_current) as is_current,
        team_id,
        reason,
        error_type,
        count(*) as items,
        count(*) filter (where is_missed) as misses,
        arg_max(safe_quote, (scored_at, evaluation_id, item)) filter (where safe_quote is not null) as safe_quote
    from items
    where reason is not null
    group by window_kind, window_start, team_id, reason, error_type
),

placed as (
    select
        scenes.*,
        reasons.contacts,
        reasons.contact_share,
        case when kinds.people_missing >= {{ members }} then scenes.safe_quote end as quote,
        row_number() over (
            partition by scenes.window_kind, scenes.window_start, scenes.team_id
            order by scenes.misses desc, reasons.contacts desc, scenes.reason, scenes.error_type
        ) as position
    from scenes
    inner join {{ ref('int_focus_reason') }} as reasons
        on scenes.window_kind = reasons.window_kind
        and scenes.window_start = reasons.window_start
        and scenes.team_id = reasons.team_id
        and scenes.reason = reasons.reason
    inner join kinds
        on scenes.window_kind = kinds.window_kind
        and scenes.window_start = kinds.window_start
        and scenes.team_id = kinds.team_id
        and scenes.error_type = kinds.error_type
    where scenes.misses > 0
)

select
    window_kind,
    window_start,
    is_current,
    team_id,
    cast(position as bigint) as position,
    reason,
    error_type,
    cast(misses as bigint) as misses,
    cast(items as bigint) as items,
    cast(contacts as bigint) as contacts,
    round(contact_share, 9) as contact_share,
    quote
from placed
where position <= {{ scenes }}
