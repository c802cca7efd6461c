"""Files as delivered → lake of typed Parquet, with every row accounted for.

Belongs here: recognising exports, decoding, reading, checking against the contract, archive and quarantine. Does not
belong here: what an export's columns mean (dbt_project/exports), what tables exist (dbt_project/models/staging), KPIs.
Everything below the names exported here is this package's own business.
"""

from pipelines.ingest.care import MEND, blamed, damage
from pipelines.ingest.doubts import Doubt
from pipelines.ingest.identify import Unrecognised
from pipelines.ingest.intake import take_in
from pipelines.ingest.lake import write_atomically
from pipelines.ingest.mending import Health, examine, mend, rebuild
from pipelines.ingest.outdated import files_of, find_outdated, months_before, remove_delivery, remove_tiers
from pipelines.ingest.published import publish_items, publish_tiers
from pipelines.ingest.records import Record
from pipelines.ingest.results import Delivery, Intake, explain
from pipelines.ingest.views import create_raw_views

__all__ = [
    "MEND",
    "Delivery",
    "Doubt",
    "Health",
    "Intake",
    "Record",
    "Unrecognised",
    "blamed",
    "create_raw_views",
    "damage",
    "examine",
    "explain",
    "files_of",
    "find_outdated",
    "mend",
    "months_before",
    "publish_items",
    "publish_tiers",
    "rebuild",
    "remove_delivery",
    "remove_tiers",
    "take_in",
    "write_atomically",
]
