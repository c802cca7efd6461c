"""What has grown old leaves, and whoever asks is erased: from the lake, releases and caches; a receipt says what went.

Belongs here: the order of a removal, its receipt, releases made from removed rows. Does not belong here: which rows are
old (`ingest.outdated`) or somebody's (`ingest.persons`), the shown site (a build makes it anew).
"""

from pipelines.retention.aged import Receipt
from pipelines.retention.erasure import Erasure
from pipelines.retention.overdue import overdue
from pipelines.retention.purge import erase, finish, plan, plan_erasure, purge
from pipelines.retention.receipt import all_of, is_pending, set_aside, text
from pipelines.retention.somebody import Asked
from pipelines.retention.stale import forget, is_shown_still

__all__ = [
    "Asked",
    "Erasure",
    "Receipt",
    "all_of",
    "erase",
    "finish",
    "forget",
    "is_pending",
    "is_shown_still",
    "overdue",
    "plan",
    "plan_erasure",
    "purge",
    "set_aside",
    "text",
]
