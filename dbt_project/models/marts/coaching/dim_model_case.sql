with cases as (
    select
        cases.case_id,
        cases.dimension,
        spellings.error_type,
        coalesce(cases.for_tier, 'mid') as for_tier,
        coalesce({{ without_long_numbers('cases.title_en') }}, cases.item, cases.dimension) as title_en,
        coalesce({{ without_long_numbers('cases.title_zh') }}, cases.item, cases.dimension) as title_zh,
        coalesce({{ without_long_numbers('cases.situation_en') }}, '') as situation_en,
        coalesce({{ without_long_numbers('cases.situation_zh') }}, '') as situation_zh,
        coalesce({{ without_long_numbers('cases.what_helped_en') }}, '') as what_helped_en,
        coalesce({{ without_long_numbers('cases.what_helped_zh') }}, '') as what_helped_zh,
        {{ without_long_numbers('cases.quote') }} as quote,
        cases.contact_id,
        cases.offset_seconds,
        contacts.reason,
        case when choices.is_agreed then cases.agent_id end as agent_id,
        cases.marked_on
    from {{ ref('stg_model_cases') }} as cases
    left join {{ ref('int_error_type_spelling') }} as spellings on cases.item = spellings.text
    left join {{ ref('stg_contacts') }} as contacts on cases.contact_id = contacts.contact_id
    left join {{ ref('int_recognition_choice') }} as choices
        on cases.agent_id = choices.agent_id and choices.choice = 'model_case'
    where cases.is_agreed
)

select
    cases.case_id,
    cast(row_number() over (
        order by
            known.position nulls last,
            cases.dimension,
            case cases.for_tier when 'high' then 1 when 'mid' then 2 else 3 end,
            cases.marked_on desc,
            cases.case_id
    ) as bigint) as position,
    cases.dimension,
    cases.error_type,
    cases.for_tier,
    cases.title_en,
    cases.title_zh,
    cases.situation_en,
    cases.situation_zh,
    cases.what_helped_en,
    cases.what_helped_zh,
    cases.quote,
    cases.contact_id,
    cases.offset_seconds,
    cases.reason,
    cases.agent_id,
    cases.marked_on
from cases
left join {{ ref('skill_dimensions') }} as known on cases.dimension = known.dimension
