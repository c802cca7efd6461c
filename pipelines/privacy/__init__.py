"""What a site may tell of people: under their names or under codes, with or without the words that somebody typed.

Belongs here: the choice and its key, the SQL of codes, the SQL that takes names out of texts. Does not belong here:
which columns tell of a person (the contract, `personal`), what is taken out of texts (dbt_project/exports/_redaction),
where it is applied (`ingest.views`), removing what has grown old (`retention`). Nothing here opens a database.
"""

from pipelines.privacy.choice import DEFAULT, FREE_TEXT, IDENTITIES, Privacy
from pipelines.privacy.key import LEAST_BYTES, faults, make, read

__all__ = ["DEFAULT", "FREE_TEXT", "IDENTITIES", "LEAST_BYTES", "Privacy", "faults", "make", "read"]
