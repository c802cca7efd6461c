"""Files as delivered → lake of typed Parquet, with every row accounted for.

Belongs here: recognising exports, decoding, reading, checking against the contract, archive and quarantine. Does not
belong here: what an export's columns mean (dbt_project/exports), what tables exist (dbt_project/models/staging), KPIs.
Everything below the names exported here is this package's own business.
"""

from pipelines.ingest.identify import Unrecognised
from pipelines.ingest.intake import take_in
from pipelines.ingest.published import publish_items, publish_tiers
from pipelines.ingest.results import Delivery, Intake, explain
from pipelines.ingest.views import create_raw_views

__all__ = [
    "Delivery",
    "Intake",
    "Unrecognised",
    "create_raw_views",
    "explain",
    "publish_items",
    "publish_tiers",
    "take_in",
]
