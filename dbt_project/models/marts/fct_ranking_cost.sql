select
    reliability,
    misplaced_share,
    low_label_wrong_share,
    opposite_share
from {{ ref('int_ranking_cost') }}
