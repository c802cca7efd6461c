with {{ person_periods(
    ['contacts_handled', 'complaints_handled', 'repeats_handled', 'repeats_caused', 'scheduled_days', 'prorated_quota'],
    'prorated_quota > 0e0 and takes_contacts',
    ['full_days', 'monthly_quota'],
) }},

-- nothing is subtracted where nobody says what to subtract: then that variant is not known
delivered as (
    select
        exists(
            select 1 from {{ ref('stg_contacts') }}
            where is_complaint is not null
        ) as names_complaints,
        exists(
            select 1 from {{ ref('stg_contacts') }}
            where customer_key is not null
        ) as names_customers
),

variants as (
    select
        sums.*,
        readings.variant,
        case readings.variant
            when 'literal' then sums.complaints_handled
            when 'example' then sums.complaints_handled + sums.repeats_handled
            else sums.repeats_caused
        end as deducted,
        (delivered.names_complaints or readings.variant = 'caused')
        and (delivered.names_customers or readings.variant = 'literal') as is_known
    from sums
    cross join delivered
    cross join (values ('literal'), ('example'), ('caused')) as readings(variant)
)

select
    variants.grain,
    variants.entity_id,
    variants.period_kind,
    variants.period_start,
    variants.variant,
    variants.variant = '{{ var("call_volume_variant") }}' as is_chosen,
    variants.is_known,
    variants.contacts_handled,
    variants.complaints_handled,
    variants.repeats_handled,
    variants.repeats_caused,
    variants.deducted,
    round(variants.scheduled_days, 6) as scheduled_days,
    round(variants.prorated_quota, 6) as prorated_quota,
    -- the two that prorate are one number only for one person and month
    case when variants.grain = 'agent' and variants.period_kind = 'month' then variants.full_days end as full_days,
    case when variants.grain = 'agent' and variants.period_kind = 'month' then variants.monthly_quota end as monthly_quota,
    variants.agent_months,
    case
        when variants.is_known and round(variants.scheduled_days, 6) >= rules.call_volume_min_days
            then round({{ call_volume_ratio('variants.contacts_handled', 'variants.deducted', 'variants.prorated_quota') }}, 9)
    end as raw_value
from variants
inner join {{ ref('int_period_rule') }} as rules
    on variants.period_kind = rules.period_kind and variants.period_start = rules.period_start
