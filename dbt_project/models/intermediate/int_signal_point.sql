-- Weeks of one series, thin ones merged with the following until they hold enough for a point: judge_min_observations, and
-- for a share or a rate also two expected cases of whatever is rarer. Simulated on pure chance, a point of ten observations
-- of a share of 95 % lies outside the limits 3 times in 100 instead of 3 in 1,000; with two cases expected, 4 in 1,000.
-- Merging starts with the first delivered week, so that points hardly move when weeks are added.
with recursive settled as (
    select
        kpi_values.kpi_id,
        kpi_values.grain,
        kpi_values.entity_id,
        kpi_values.period_kind,
        kpi_values.period_start,
        kpi_values.n,
        kpi_values.w,
        kpi_values.o,
        kpi_values.ss,
        kpi_values.value,
        kpi_values.target,
        kpi.family,
        kpi.better,
        kpi.unit,
        sum(kpi_values.n) over series as series_n,
        sum(kpi_values.o) over series as series_o
    from {{ ref('fct_kpi_value') }} as kpi_values
    inner join {{ ref('dim_period') }} as periods
        on kpi_values.period_kind = periods.period_kind
        and kpi_values.period_start = periods.period_start
        and periods.is_complete
    inner join {{ ref('dim_kpi') }} as kpi on kpi_values.kpi_id = kpi.kpi_id
    cross join {{ ref('int_data_span') }} as span
    where periods.period_end <= span.last_day - cast(kpi.settles_after_days as integer)
        and kpi_values.period_kind = 'week'
        and kpi_values.grain in ('centre', 'team', 'queue', 'agent')
        and kpi.family not in ('volume', 'index')
        and kpi_values.n > 0
    window series as (partition by kpi_values.kpi_id, kpi_values.grain, kpi_values.entity_id)
),

weekly as (
    select
        *,
        case
            when family = 'prop' and series_o > 0 and series_o < series_n
                then round(greatest({{ var('judge_min_observations') }}, 2e0 * series_n / least(series_o, series_n - series_o)), 9)
            when family = 'count' and series_o > 0
                then round(greatest({{ var('judge_min_observations') }}, 2e0 * series_n / series_o), 9)
            when family in ('mean', 'logmean') then {{ var('judge_min_observations') }}
        end as enough
    from settled
),

-- a week with enough observations closes whatever was being gathered, so gathering never reaches beyond it
stretches as (
    select
        *,
        row_number() over (order by kpi_id, grain, entity_id, period_start) as row_id,
        coalesce(sum({{ one_if('n >= enough') }}) over (
            partition by kpi_id, grain, entity_id order by period_start
            rows between unbounded preceding and 1 preceding
        ), 0) as stretch
    from weekly
    where enough is not null
),

stepped as (
    select
        *,
        row_number() over (partition by kpi_id, grain, entity_id, stretch order by period_start) as step
    from stretches
),

later as (
    select
        row_id,
        step,
        n,
        enough
    from stepped
    where step > 1
),

gathered as (
    select
        row_id,
        step,
        n as gathered_n,
        1 as part
    from stepped
    where step = 1
    union all
    select
        later.row_id,
        later.step,
        case when gathered.gathered_n >= later.enough then 0 else gathered.gathered_n end + later.n as gathered_n,
        gathered.part + {{ one_if('gathered.gathered_n >= later.enough') }} as part
    from gathered
    inner join later on gathered.row_id + 1 = later.row_id and gathered.step + 1 = later.step
),

points as (
    select
        stepped.kpi_id,
        stepped.grain,
        stepped.entity_id,
        stepped.period_kind,
        stepped.family,
        stepped.better,
        stepped.unit,
        max(stepped.period_start) as period_start,
        cast(count(*) as bigint) as weeks,
        cast(sum(stepped.n) as bigint) as n,
        sum(stepped.w) as w,
        sum(stepped.o) as o,
        sum(stepped.ss) as ss,
        -- the sums were rounded for print: a week by itself keeps its own value
        case when count(*) = 1 then max(stepped.value) else round(sum(stepped.o) / sum(stepped.w), 9) end as value,
        max_by(stepped.target, stepped.period_start) as target
    from stepped
    inner join gathered on stepped.row_id = gathered.row_id
    group by
        stepped.kpi_id,
        stepped.grain,
        stepped.entity_id,
        stepped.period_kind,
        stepped.family,
        stepped.better,
        stepped.unit,
        stepped.enough,
        stepped.stretch,
        gathered.part
    having sum(stepped.n) >= stepped.enough
),

numbered as (
    select
        *,
        row_number() over (partition by kpi_id, grain, entity_id order by period_start desc) as from_newest
    from points
)

select * from numbered
where from_newest <= case
        when grain = 'agent' then {{ var('spc_agent_window_points') }} else {{ var('spc_window_points') }}
    end
