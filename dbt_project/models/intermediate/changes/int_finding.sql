-- Changes that are not chance, then teams that differ from all others beyond chance. Guards have a page of their own:
-- they start a conversation about how a figure came about.
with ordinary as (
    select kpi_id from {{ ref('dim_kpi') }}
    where guards = ''
),

changes as (
    select
        kpi_id,
        grain,
        entity_id,
        period_start,
        value,
        centre_line,
        target,
        finding,
        rule,
        assurance,
        -- a limit that stops at 0 or 100 % is nearer than the variation reaches
        abs(value - centre_line) / nullif(greatest(upper_limit - centre_line, centre_line - lower_limit), 0e0) as strength
    from {{ ref('fct_kpi_signal') }}
    where is_latest
        and kpi_id in (select kpi_id from ordinary)
        and grain in ('centre', 'team', 'queue')
        and finding in ('special_cause_concern', 'special_cause_improvement')
        and not is_trial
        and period_start >= (
            select max(period_start) - 7 from {{ ref('dim_period') }}
            where period_kind = 'week' and is_complete
        )
),

team_values as (
    select
        entities.*,
        funnel.position,
        median(entities.value) over (partition by entities.kpi_id) as middle,
        count(*) over (partition by entities.kpi_id) as teams
    from {{ ref('int_funnel_entity') }} as entities
    inner join {{ ref('fct_kpi_funnel') }} as funnel
        on entities.kpi_id = funnel.kpi_id and entities.grain = funnel.grain and entities.entity_id = funnel.entity_id
    where entities.grain = 'team'
        and entities.kpi_id in (select kpi_id from ordinary)
),

team_spread as (
    select
        *,
        1.4826e0 * median(abs(value - middle)) over (partition by kpi_id) as robust_sd
    from team_values
),

-- the funnel alone would name half the teams: with thousands of contacts every small difference is beyond chance
outliers as (
    select
        kpi_id,
        grain,
        entity_id,
        period_start,
        value,
        middle as centre_line,
        cast(null as double) as target,
        case
            when (better = 'higher') = (value > middle) then 'special_cause_improvement'
            else 'special_cause_concern'
        end as finding,
        'outside_funnel' as rule,
        'no_target' as assurance,
        abs(value - middle) / nullif(robust_sd, 0e0) / 3e0 as strength
    from team_spread
    where position in ('above_998', 'below_998')
        and better <> 'neutral'
        and teams >= 5
        and abs(value - middle) > {{ var('team_outlier_mads') }} * robust_sd
),

-- what moved everywhere is said once, about the centre: it is the system, not a team
shared as (
    select
        kpi_id,
        finding
    from changes
    where grain = 'centre'
),

findings as (
    select
        changes.*,
        -- what moved everywhere is said once, about the centre
        changes.grain = 'centre' or shared.kpi_id is null as is_said
    from changes
    left join shared on changes.kpi_id = shared.kpi_id and changes.finding = shared.finding
    union all
    select
        *,
        true as is_said
    from outliers
)

select
    kpi_id,
    grain,
    entity_id,
    period_start,
    value,
    centre_line,
    target,
    finding,
    rule,
    assurance,
    strength,
    is_said
from findings
