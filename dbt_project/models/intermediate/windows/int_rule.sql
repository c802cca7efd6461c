{% set rule_ids = [
    'tier_low_cut', 'tier_high_cut', 'tier_enter', 'tier_stay', 'tier_reliability', 'word_reliability', 'tier_coverage',
    'tier_straddle', 'no_reference_share', 'min_reference_n', 'grace_days', 'grace_volume_share', 'guard_cap', 'guard_z',
    'critical_error_limit', 'critical_error_sure', 'systemic_sure', 'systemic_share', 'team_sure', 'team_share',
    'team_below_centre_sure', 'individual_sure', 'individual_below_team_sure', 'reason_share', 'fdr_q', 'quadrant_sure',
    'quadrant_ability_cut', 'quadrant_engagement_cut', 'engagement_min_items', 'engagement_alpha', 'rater_agreement',
    'rater_agreement_coaching', 'grader_min_forms', 'calibration_min_contacts', 'worthwhile_gain_points', 'effect_sure_z',
    'mde_power', 'mde_alpha', 'hovering_reach_sd', 'hovering_min_days', 'hovering_min_agents', 'overdispersion_phi',
    'group_min_people', 'complaint_coefficient_points', 'absence_coefficient_points',
    'call_volume_min_days', 'attendance_min_hours', 'psi_limit', 'short_call_share_limit', 'occupancy_warning',
    'peer_min_raters', 'engagement_item_share',
] -%}
with in_force as (
    select
        windows.window_kind,
        windows.window_start,
        rules.rule_id,
        arg_max(rules.value, rules.valid_from) as value
    from {{ ref('int_window') }} as windows
    inner join {{ ref('rules') }} as rules on windows.window_end >= rules.valid_from
    group by windows.window_kind, windows.window_start, rules.rule_id
)

select
    window_kind,
    window_start,
    {% for rule_id in rule_ids %}
    max(case when rule_id = '{{ rule_id }}' then value end) as {{ rule_id }}{{ "," if not loop.last }}
    {% endfor %}
from in_force
group by window_kind, window_start
