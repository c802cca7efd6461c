-- What the team of today talks about with customers: one pass over the contacts, per agent first.
with handled as (
    select
        agent_id,
        cast(date_trunc('month', day) as date) as month_start,
        reason,
        count(*) as contacts
    from {{ ref('int_contact') }}
    where is_answered and agent_id is not null
    group by agent_id, cast(date_trunc('month', day) as date), reason
),

teams as (
    select
        months.window_kind,
        months.window_start,
        agents.team_id,
        handled.reason,
        sum(handled.contacts) as contacts
    from handled
    inner join {{ ref('int_window_month') }} as months
        on handled.month_start = months.month_start and months.window_kind in ('quarter', 'all')
    inner join {{ ref('int_agent_window') }} as agents
        on months.window_kind = agents.window_kind
        and months.window_start = agents.window_start
        and handled.agent_id = agents.agent_id
    where agents.team_id is not null
    group by months.window_kind, months.window_start, agents.team_id, handled.reason
),

shared as (
    select
        *,
        contacts / cast(sum(contacts) over team as double) as contact_share
    from teams
    window team as (partition by window_kind, window_start, team_id)
)

select * from shared
where reason is not null
