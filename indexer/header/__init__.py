"""The header's fields, one pure function each: text in, value out, never an exception.

The public face of the header's modules; owns nothing itself. Each function takes the text of a header, of a whole cable
or of one line, and gives the field's value, or "", () or None where the text has none. Every function takes time in
proportion to the text's length.
"""

from __future__ import annotations

from corpus.dates import full_year
from corpus.title_case import display_subject
from indexer.header.classified import classified_by
from indexer.header.declassify import declassify_on, executive_order
from indexer.header.reasons import reasons
from indexer.header.recipients import info_recipients, recipients
from indexer.header.references.read import canonical_id, references
from indexer.header.signatures import signed_by
from indexer.header.subject import joined, subject
from indexer.header.summary import summary
from indexer.header.tags import tags
from indexer.header.wire import (
    caveats,
    classification,
    date,
    de_line,
    message_number,
    precedence,
    sender,
    transmission_id,
)

__all__ = [
    "canonical_id",
    "caveats",
    "classification",
    "classified_by",
    "date",
    "de_line",
    "declassify_on",
    "display_subject",
    "executive_order",
    "full_year",
    "info_recipients",
    "joined",
    "message_number",
    "precedence",
    "reasons",
    "recipients",
    "references",
    "sender",
    "signed_by",
    "subject",
    "summary",
    "tags",
    "transmission_id",
]
