{% set tiers = ['high', 'mid', 'low', 'not_enough_evidence', 'new_starter'] -%}
with mix as (
    select * from {{ ref('fct_tier_mix') }}
    where grain = 'centre'
)

{% for tier in tiers %}
select
    mix.window_kind,
    mix.window_start,
    mix.window_end,
    mix.is_current,
    mix.people as people_in_all,
    'centre' as row_key,
    '{{ tier }}' as column_key,
    mix.{{ tier }} as people,
    rules.group_min_people as least
from mix
inner join {{ ref('int_rule') }} as rules
    on mix.window_kind = rules.window_kind and mix.window_start = rules.window_start
{% if not loop.last %}union all{% endif %}
{% endfor %}
