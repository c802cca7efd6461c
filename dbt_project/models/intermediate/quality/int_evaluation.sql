with forms as (
    select * from {{ ref('int_evaluation_form') }}
),

leniency as (
    select * from {{ ref('int_grader_leniency') }}
),

-- the few contacts that were scored, before anything is joined: there may be ten million others
contacts as (
    select
        contact_id,
        channel,
        queue,
        reason,
        segment
    from {{ ref('stg_contacts') }}
    where contact_id in (select contact_id from {{ ref('int_evaluation_form') }})
)

select
    forms.evaluation_id,
    forms.contact_id,
    forms.agent_id,
    forms.grader,
    forms.kind,
    forms.form,
    forms.form_version,
    forms.scored_at,
    forms.day,
    contacts.channel,
    contacts.queue,
    contacts.reason,
    contacts.segment,
    forms.score_points,
    coalesce(leniency.leniency_points, 0e0) as leniency_points,
    forms.has_critical_error,
    forms.is_calibration,
    forms.is_test_call
from forms
left join contacts on forms.contact_id = contacts.contact_id
left join leniency on forms.grader = leniency.grader and forms.quarter_start = leniency.quarter_start
