"""How an unseen export becomes a layout: what a file holds, what it could feed, the layout to edit, and how it reads.

Also the project's own templates, for centres that write a table by hand. Belongs here: proposing and trying; nothing is
decided that a person could not change in the file that comes out. Does not belong here: reading files and rows
(`pipelines.ingest`), spellings (dbt_project/exports/_aliases.yml), terminals (`pipelines.cli`).
"""

from pipelines.mapping.assistant import map_file
from pipelines.mapping.document import as_layout, layout_name
from pipelines.mapping.propose import Proposal
from pipelines.mapping.table import TableProposal
from pipelines.mapping.templates import write_templates
from pipelines.mapping.trial import Read, Trial, try_layout, try_project

__all__ = [
    "Proposal",
    "Read",
    "TableProposal",
    "Trial",
    "as_layout",
    "layout_name",
    "map_file",
    "try_layout",
    "try_project",
    "write_templates",
]
