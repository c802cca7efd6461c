with states as (
    select distinct
        state,
        {{ in_one_spelling('trim(state)') }} as spelling
    from {{ ref('stg_agent_states') }}
),

meanings as (
    select
        activity,
        valid_from,
        {{ in_one_spelling('trim(state)') }} as spelling
    from {{ ref('agent_state_meanings') }}
),

-- 'break *' is how every state that starts with 'break ' begins
beginnings as (
    select
        activity,
        valid_from,
        case when ends_with(spelling, ' *') then spelling[:-2] end as beginning,
        spelling
    from meanings
),

matched as (
    select
        states.state,
        beginnings.activity,
        beginnings.valid_from,
        beginnings.beginning is null as is_spelt_out,
        length(beginnings.spelling) as characters
    from states
    inner join beginnings
        on (beginnings.beginning is null and states.spelling = beginnings.spelling)
        or (beginnings.beginning is not null and starts_with(states.spelling, beginnings.beginning))
),

starts as (
    select distinct
        state,
        valid_from
    from matched
),

in_force as (
    select
        starts.state,
        starts.valid_from,
        matched.activity,
        row_number() over (
            partition by starts.state, starts.valid_from
            order by matched.is_spelt_out desc, matched.characters desc, matched.valid_from desc
        ) as place
    from starts
    inner join matched on starts.state = matched.state and starts.valid_from >= matched.valid_from
)

select
    state,
    activity,
    valid_from,
    lead(valid_from, 1, date '9999-12-31') over (partition by state order by valid_from) as valid_until
from in_force
where place = 1
