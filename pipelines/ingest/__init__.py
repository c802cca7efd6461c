"""Files as delivered → lake of typed Parquet, with every row accounted for.

Belongs here: recognising exports, decoding, reading, checking against the contract, archive and quarantine. Does not
belong here: what an export's columns mean (dbt_project/exports), what tables exist (dbt_project/models/staging), KPIs.
Everything below the names exported here is this package's own business.
"""

from pipelines.ingest.care import MEND, blamed, damage
from pipelines.ingest.doubts import Doubt
from pipelines.ingest.erased import CUSTOMER, PERSON, Mark, mark_of, new_label
from pipelines.ingest.identify import Unrecognised
from pipelines.ingest.intake import take_in
from pipelines.ingest.lake import write_atomically
from pipelines.ingest.marks import mark_faults, mend_marks
from pipelines.ingest.mending import ASIDE, Health, examine, mend, rebuild
from pipelines.ingest.outdated import files_of, find_outdated, months_before, remove_delivery, remove_tiers
from pipelines.ingest.persons import Holding, searching
from pipelines.ingest.published import publish_items, publish_tiers
from pipelines.ingest.records import Record
from pipelines.ingest.results import Delivery, Intake, explain
from pipelines.ingest.somebody import Somebody
from pipelines.ingest.views import create_raw_views

__all__ = [
    "ASIDE",
    "CUSTOMER",
    "MEND",
    "PERSON",
    "Delivery",
    "Doubt",
    "Health",
    "Holding",
    "Intake",
    "Mark",
    "Record",
    "Somebody",
    "Unrecognised",
    "blamed",
    "create_raw_views",
    "damage",
    "examine",
    "explain",
    "files_of",
    "find_outdated",
    "mark_faults",
    "mark_of",
    "mend",
    "mend_marks",
    "months_before",
    "new_label",
    "publish_items",
    "publish_tiers",
    "rebuild",
    "remove_delivery",
    "remove_tiers",
    "searching",
    "take_in",
    "write_atomically",
]
