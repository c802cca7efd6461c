-- Do the contacts add up to what the source system says they add up to? Ingest runs this once all files are taken in,
-- over the newest row per key of contacts, agents and contact_totals.
-- A total is compared when the contacts reach over its days and know its team, agent or queue. A contact over midnight
-- or a rounded second is no difference: one contact or half a per cent, one minute or one per cent.
-- One row per measure that does not add up: of the widest scope the total that is furthest off, and how many are.
with worked as (
    select
        started_at::date as day,
        agent_id,
        queue,
        channel,
        direction,
        count(*) filter (where is_offered) as offered,
        count(is_offered) as offered_known,
        count(*) filter (where is_answered) as answered,
        count(*) filter (where is_offered and not is_answered) as abandoned,
        sum(talk_seconds) as talk_seconds,
        sum(coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0) + coalesce(acw_seconds, 0)) as handle_seconds,
        count(acw_seconds) as acw_known
    from contacts
    where
        started_at >= (select min(first_day) from contact_totals)
        and started_at < (select max(last_day) + interval 1 day from contact_totals)
    group by started_at::date, agent_id, queue, channel, direction
),

placed as (
    select
        worked.*,
        agents.team_id
    from worked
    asof left join agents
        on worked.agent_id = agents.agent_id and worked.day >= agents.valid_from
),

scoped as (
    select 'centre' as scope, 'centre' as scope_id, * from placed
    union all
    select 'team' as scope, team_id as scope_id, * from placed where team_id is not null
    union all
    select 'agent' as scope, agent_id as scope_id, * from placed where agent_id is not null
    union all
    select 'queue' as scope, queue as scope_id, * from placed where queue is not null
),

comparable as (
    select contact_totals.*
    from contact_totals
    where
        (scope, scope_id) in (select (scope, scope_id) from scoped)
        and first_day >= (select min(started_at)::date from contacts)
        and last_day <= (select max(started_at)::date from contacts)
),

added as (
    select
        comparable.scope,
        comparable.scope_id,
        comparable.first_day,
        comparable.last_day,
        comparable.channel,
        comparable.direction,
        any_value(comparable.delivery_id) as delivery_id,
        any_value(comparable.offered) as said_offered,
        any_value(comparable.answered) as said_answered,
        any_value(comparable.abandoned) as said_abandoned,
        any_value(comparable.talk_seconds) as said_talk_seconds,
        any_value(comparable.handle_seconds) as said_handle_seconds,
        coalesce(sum(scoped.offered), 0) as offered,
        coalesce(sum(scoped.offered_known), 0) as offered_known,
        coalesce(sum(scoped.answered), 0) as answered,
        coalesce(sum(scoped.abandoned), 0) as abandoned,
        coalesce(sum(scoped.talk_seconds), 0) as talk_seconds,
        coalesce(sum(scoped.handle_seconds), 0) as handle_seconds,
        coalesce(sum(scoped.acw_known), 0) as acw_known
    from comparable
    left join scoped
        on
            comparable.scope = scoped.scope
            and comparable.scope_id = scoped.scope_id
            and scoped.day between comparable.first_day and comparable.last_day
            and (comparable.channel = 'all' or comparable.channel = scoped.channel)
            and (comparable.direction = 'all' or comparable.direction = scoped.direction)
    group by
        comparable.scope,
        comparable.scope_id,
        comparable.first_day,
        comparable.last_day,
        comparable.channel,
        comparable.direction
),

measured as (
    select *, 'offered' as measure, '' as unit, offered as observed, said_offered as expected, 1 as least, 0.005e0 as slack
    from added where offered_known > 0
    union all
    select *, 'answered', '', answered, said_answered, 1, 0.005e0 from added
    union all
    select *, 'abandoned', '', abandoned, said_abandoned, 1, 0.005e0 from added where offered_known > 0
    union all
    select *, 'talk_seconds', 'seconds', talk_seconds, said_talk_seconds, 60, 0.01e0 from added
    union all
    select *, 'handle_seconds', 'seconds', handle_seconds, said_handle_seconds, 60, 0.01e0 from added where acw_known > 0
),

differing as (
    select
        *,
        case scope when 'centre' then 1 when 'team' then 2 when 'queue' then 3 else 4 end as width,
        abs(observed - expected) as difference
    from measured
    where abs(observed - expected) > greatest(least, slack * expected)
)

select
    measure,
    unit,
    count(*) as totals,
    first(delivery_id order by width, difference desc, first_day, last_day, scope_id, channel, direction) as delivery_id,
    first(first_day order by width, difference desc, first_day, last_day, scope_id, channel, direction) as first_day,
    first(last_day order by width, difference desc, first_day, last_day, scope_id, channel, direction) as last_day,
    first(observed order by width, difference desc, first_day, last_day, scope_id, channel, direction)::double as observed,
    first(expected order by width, difference desc, first_day, last_day, scope_id, channel, direction)::double as expected
from differing
group by measure, unit
order by measure
