"""What an index was made from, in the file `sources.sqlite` of its folder: the one owner of its form.

The public face for those who read it. `form` has the tables, `manifest` reads them, `draft` writes them (`remarks` and
`arrivals` each one part), and `announced` puts what was written in its place; only the indexer imports those who write.
"""

from __future__ import annotations

from search.sources.form import ANNOUNCED, DRAFT, FILE_NAME
from search.sources.manifest import Manifest, nothing, read
from search.sources.records import Arrival, Aside, Double, Input, Tally
from search.sources.several import Sources, read_together

__all__ = [
    "ANNOUNCED",
    "DRAFT",
    "FILE_NAME",
    "Arrival",
    "Aside",
    "Double",
    "Input",
    "Manifest",
    "Sources",
    "Tally",
    "nothing",
    "read",
    "read_together",
]
