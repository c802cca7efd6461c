with measured as (
    select
        noise.window_kind,
        noise.window_start,
        noise.forms,
        noise.mean_points,
        noise.form_variance,
        noise.tau2,
        noise.critical_error_share,
        {{ zeroed_mean('noise.mean_points', 'noise.critical_error_share') }} as zeroed_mean,
        {{ zeroed_variance('noise.mean_points', 'noise.form_variance', 'noise.critical_error_share') }} as zeroed_variance,
        rule.tier_reliability as reliability
    from {{ ref('int_qa_noise') }} as noise
    inner join {{ ref('int_rule') }} as rule
        on noise.window_kind = rule.window_kind and noise.window_start = rule.window_start
)

select
    window_kind,
    window_start,
    cast(forms as bigint) as forms,
    round(mean_points, 9) as mean_points,
    round(sqrt(form_variance), 9) as form_sd_points,
    round(sqrt(tau2), 9) as agent_sd_points,
    round(critical_error_share, 9) as critical_error_share,
    round(zeroed_mean, 9) as zeroed_mean_points,
    round(sqrt(zeroed_variance), 9) as zeroed_form_sd_points,
    reliability,
    round({{ n_for_reliability('reliability', 'form_variance', 'tau2') }}, 9) as forms_needed,
    round({{ n_for_reliability('reliability', 'zeroed_variance', 'tau2') }}, 9) as zeroed_forms_needed
from measured
