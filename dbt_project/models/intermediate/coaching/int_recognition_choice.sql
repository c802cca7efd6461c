select
    choices.agent_id,
    choices.choice,
    choices.is_agreed,
    choices.valid_from as chosen_on
from {{ ref('stg_agent_choices') }} as choices
-- a choice for later does not hold yet
inner join {{ ref('int_data_span') }} as span
    on choices.valid_from <= span.last_day
    and (choices.valid_until is null or choices.valid_until > span.last_day)
