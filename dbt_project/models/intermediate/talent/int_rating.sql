-- A rater's mean is taken out, as far as it differs from other raters' by more than chance: the team leader who gives
-- everybody a 5 says nothing about anybody. The price: raters of one team may truly have better people.
with windows as (
    select * from {{ ref('int_window') }}
    where window_kind in ('quarter', 'all')
),

-- all items of a form make one opinion, so that a long form weighs no more than a short one
opinions as (
    select
        windows.window_kind,
        windows.window_start,
        ratings.source,
        ratings.agent_id,
        ratings.rater,
        avg(ratings.score_percent) as raw_percent
    from {{ ref('stg_ratings') }} as ratings
    inner join windows on ratings.quarter_start between windows.window_start and windows.window_end
    where not ratings.is_self
    group by windows.window_kind, windows.window_start, ratings.source, ratings.agent_id, ratings.rater
),

raters as (
    select
        window_kind,
        window_start,
        source,
        rater,
        cast(count(*) as double) as agents,
        avg(raw_percent) as rater_percent,
        coalesce(var_samp(raw_percent), 0e0) * (count(*) - 1) as within_squares
    from opinions
    group by window_kind, window_start, source, rater
),

sources as (
    select
        *,
        sum(within_squares) over whole / nullif(sum(agents - 1) over whole, 0e0) as within_variance,
        avg(rater_percent) over whole as centre_percent
    from raters
    window whole as (partition by window_kind, window_start, source)
),

-- without two opinions of one rater, leniency and chance cannot be told apart, and nothing is taken out
errors as (
    select
        *,
        within_variance / agents as v
    from sources
    where within_variance is not null
),

between_raters as (
    select
        window_kind,
        window_start,
        source,
        {{ variance_beyond_error('rater_percent', 'v') }} as tau2
    from errors
    group by window_kind, window_start, source
),

leniencies as (
    select
        errors.window_kind,
        errors.window_start,
        errors.source,
        errors.rater,
        {{ steadied('errors.rater_percent', 'errors.v', 'between_raters.tau2', 'errors.centre_percent') }}
        - errors.centre_percent as leniency_percent
    from errors
    inner join between_raters
        on errors.window_kind = between_raters.window_kind
        and errors.window_start = between_raters.window_start
        and errors.source = between_raters.source
)

select
    opinions.*,
    coalesce(leniencies.leniency_percent, 0e0) as leniency_percent,
    opinions.raw_percent - coalesce(leniencies.leniency_percent, 0e0) as fair_percent
from opinions
left join leniencies
    on opinions.window_kind = leniencies.window_kind
    and opinions.window_start = leniencies.window_start
    and opinions.source = leniencies.source
    and opinions.rater = leniencies.rater
