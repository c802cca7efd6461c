with weighted as (
    select
        agents.window_kind,
        agents.window_start,
        agents.agent_id,
        agents.peer,
        agents.role,
        anchors.kpi_id,
        anchors.weight,
        anchors.minimum,
        anchors.target,
        anchors.excellent,
        anchors.basis,
        anchors.anchors_source
    from {{ ref('int_agent_window') }} as agents
    inner join {{ ref('int_anchor') }} as anchors
        on agents.window_kind = anchors.window_kind and agents.window_start = anchors.window_start
        and agents.role = anchors.role
),

-- a guard lowers a cap and starts a conversation; several name themselves together
guarded as (
    select
        window_kind,
        window_start,
        agent_id,
        kpi_id,
        string_agg(guard_kpi_id, ', ' order by guard_kpi_id) as capped_by
    from {{ ref('int_guard') }}
    where is_red
    group by window_kind, window_start, agent_id, kpi_id
),

centres as (
    select
        kpi_id,
        window_kind,
        window_start,
        any_value(family) as family,
        any_value(centre_value) as centre_value,
        any_value(tau2) as tau2
    from {{ ref('int_posterior') }}
    group by kpi_id, window_kind, window_start
),

-- nothing observed: the average of the peers with all the uncertainty there is between people
known as (
    select
        weighted.*,
        centres.family,
        centres.centre_value,
        centres.tau2,
        coalesce(posterior.n, 0) as n,
        posterior.y,
        posterior.v,
        posterior.value,
        coalesce(posterior.reliability, 0e0) as reliability,
        coalesce(posterior.no_reference_share, 0e0) as no_reference_share,
        coalesce(posterior.steadied_y, peers.mu, 0e0) as steadied_y,
        coalesce(posterior.steadied_variance, centres.tau2 + coalesce(peers.vmu, 0e0)) as steadied_variance,
        rules.guard_cap,
        guarded.capped_by
    from weighted
    inner join centres
        on weighted.kpi_id = centres.kpi_id
        and weighted.window_kind = centres.window_kind and weighted.window_start = centres.window_start
    inner join {{ ref('int_rule') }} as rules
        on weighted.window_kind = rules.window_kind and weighted.window_start = rules.window_start
    left join {{ ref('int_posterior') }} as posterior
        on weighted.kpi_id = posterior.kpi_id and weighted.agent_id = posterior.agent_id
        and weighted.window_kind = posterior.window_kind and weighted.window_start = posterior.window_start
    left join {{ ref('int_peer') }} as peers
        on weighted.kpi_id = peers.kpi_id and weighted.peer = peers.peer
        and weighted.window_kind = peers.window_kind and weighted.window_start = peers.window_start
    left join guarded
        on weighted.kpi_id = guarded.kpi_id and weighted.agent_id = guarded.agent_id
        and weighted.window_kind = guarded.window_kind and weighted.window_start = guarded.window_start
),

nodes as (
    select
        *,
        case when basis = 'ratio' then nullif(centre_value, 0e0) else 1e0 end as unit_value,
        steadied_y - 1.7320508075688772e0 * sqrt(steadied_variance) as y_1,
        steadied_y + 1.7320508075688772e0 * sqrt(steadied_variance) as y_2
    from known
),

placed as (
    select
        *,
        value / unit_value as x_raw,
        {{ natural_value('family', 'centre_value', 'y') }} / unit_value as x_adjusted,
        {{ natural_value('family', 'centre_value', 'steadied_y') }} / unit_value as x_0,
        {{ natural_value('family', 'centre_value', 'y_1') }} / unit_value as x_1,
        {{ natural_value('family', 'centre_value', 'y_2') }} / unit_value as x_2
    from nodes
),

scored as (
    select
        *,
        {{ kpi_points('x_raw', 'minimum', 'target', 'excellent') }} as points_raw,
        {{ kpi_points('x_adjusted', 'minimum', 'target', 'excellent') }} as points_adjusted,
        {% for node in [0, 1, 2] %}
        case
            when capped_by is null then {{ kpi_points('x_' ~ node, 'minimum', 'target', 'excellent') }}
            else least(guard_cap, {{ kpi_points('x_' ~ node, 'minimum', 'target', 'excellent') }})
        end as points_{{ node }}{{ "," if not loop.last }}
        {% endfor %}
    from placed
)

select
    window_kind,
    window_start,
    agent_id,
    kpi_id,
    peer,
    role,
    weight,
    weight / sum(weight) over (partition by window_kind, window_start, agent_id) as weight_share,
    minimum,
    target,
    excellent,
    basis,
    anchors_source,
    n,
    y,
    v,
    tau2,
    reliability,
    no_reference_share,
    points_raw,
    points_adjusted,
    points_0 as points_plain,
    {{ points_mean('points_0', 'points_1', 'points_2') }} as points,
    {{ points_sd('points_0', 'points_1', 'points_2') }} as points_sd,
    case
        when steadied_variance > 0 then (points_2 - points_1) / (2e0 * 1.7320508075688772e0 * sqrt(steadied_variance))
        else 0e0
    end as slope,
    capped_by is not null as is_capped,
    capped_by
from scored
