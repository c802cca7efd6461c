-- What ranking people would cost: of all people sorted by an estimate of reliability R and cut at 20 / 60 / 20, how many
-- would land in another tier than their true one. True value and estimate are standard normal with correlation sqrt(R);
-- the shares are integrals over the true value, by Simpson's rule between the cuts. METHOD.md section 3.
with reliabilities as (
    select step / 20e0 as reliability
    from generate_series(6, 19) as steps(step)
),

cuts as (
    select
        low_cut,
        -low_cut as high_cut
    from (select {{ norm_ppf('0.2e0') }} as low_cut) as quantile
),

-- the true value below the lower cut, and from there to the middle; the upper half mirrors the lower
pieces as (
    select
        'low' as true_tier,
        low_cut - 8e0 as from_x,
        8e0 / 400e0 as width
    from cuts
    union all
    select
        'mid' as true_tier,
        low_cut as from_x,
        -low_cut / 400e0 as width
    from cuts
),

nodes as (
    select
        pieces.true_tier,
        pieces.from_x + pieces.width * node as x,
        pieces.width / 3e0 * case when node in (0, 400) then 1e0 when node % 2 = 1 then 4e0 else 2e0 end as node_width
    from pieces
    cross join generate_series(0, 400) as numbers(node)
),

placed as (
    select
        reliabilities.reliability,
        nodes.true_tier,
        nodes.node_width * {{ norm_pdf('nodes.x') }} as weight,
        (cuts.low_cut - sqrt(reliabilities.reliability) * nodes.x) / sqrt(1e0 - reliabilities.reliability) as z_low,
        (cuts.high_cut - sqrt(reliabilities.reliability) * nodes.x) / sqrt(1e0 - reliabilities.reliability) as z_high
    from nodes
    cross join reliabilities
    cross join cuts
),

shares as (
    select
        reliability,
        2e0 * sum(case when true_tier = 'low' then weight * {{ norm_cdf('z_low') }} else 0e0 end) as right_in_tails,
        2e0 * sum(case when true_tier = 'mid' then weight * ({{ norm_cdf('z_high') }} - {{ norm_cdf('z_low') }}) else 0e0 end)
            as right_in_middle,
        2e0 * sum(case when true_tier = 'low' then weight * {{ norm_cdf('-z_high') }} else 0e0 end) as opposite
    from placed
    group by reliability
)

select
    reliability,
    round(1e0 - right_in_tails - right_in_middle, 9) as misplaced_share,
    -- a fifth is labelled low, half of the tails
    round(1e0 - right_in_tails / 2e0 / 0.2e0, 9) as low_label_wrong_share,
    round(opposite, 9) as opposite_share
from shares
