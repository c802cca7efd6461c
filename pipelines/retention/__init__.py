"""What has grown old leaves: deliveries, tiers, releases and caches that show them; a receipt says what went.

Belongs here: the order of a removal, its receipt, releases made from removed rows. Does not belong here: which rows are
old (`ingest.outdated`), the shown site (a build makes it anew).
"""

from pipelines.retention.overdue import overdue
from pipelines.retention.purge import plan, purge
from pipelines.retention.receipt import Receipt, text
from pipelines.retention.stale import forget

__all__ = ["Receipt", "forget", "overdue", "plan", "purge", "text"]
