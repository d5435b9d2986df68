"""The schema of the Whoosh engine: which fields its documents have.

Owns the names of the fields. Must not know plans, pages or commits.

A paragraph is a document. Its cable, compressed, stands in a column of the first of them, so that the number of
documents, on which BM25 depends, is the number of paragraphs; only a cable without paragraphs has a document to itself.
"""

from __future__ import annotations

from whoosh import columns, fields, formats
from whoosh.analysis import IDAnalyzer

from search.fields import COUNTED, NUMBER_FIELDS, TERM_FIELDS, VALUE_FIELDS

NAME = "whoosh"
# Counts up whenever this module makes other documents or fields than before.
SCHEMA = 1

OWNER = "owner"  # the look-up key of the cable that a document belongs to
KIND = "kind"  # `whole` on the document with the whole cable, `bare` on one that is no paragraph
ID = "id"  # the cable's id as it is shown
ORDER = "order"  # the paragraph's place in its cable and its date, as ORDER_FORM says
SHOWN = "shown"  # the paragraph as lists show it
CABLE = "cable"  # the whole cable

# Position, whether there is a date, and the date in minutes.
ORDER_FORM = ">i?q"
# Between the values of a facet that a paragraph has several of; `documents` leaves no control character in a value.
SEPARATOR = "\x1f"


def _field(form: formats.Format, *, scored: bool) -> fields.FieldType:
    """A field that is given lists of terms, so that its analyzer is never asked."""
    return fields.FieldType(form, IDAnalyzer(), scorable=scored)


def build_schema() -> fields.Schema:
    """The fields of every index; those with a column are read for many documents at once."""
    schema = fields.Schema()
    for name in TERM_FIELDS:
        schema.add(f"terms_{name}", _field(formats.Positions(), scored=True))
    for name in VALUE_FIELDS:
        schema.add(f"value_{name}", _field(formats.Existence(), scored=False))
    for name in COUNTED:
        schema.add(f"shown_{name}", fields.COLUMN(columns.RefBytesColumn()))
    for name in NUMBER_FIELDS:
        # Signed: an unsigned one matches everything for a range that is open below.
        schema.add(f"number_{name}", fields.NUMERIC(int, bits=64, signed=True))
    for name in (OWNER, KIND):
        schema.add(name, _field(formats.Existence(), scored=False))
    schema.add(ID, fields.COLUMN(columns.RefBytesColumn()))
    schema.add(ORDER, fields.COLUMN(columns.StructColumn(ORDER_FORM, (0, False, 0))))
    schema.add(SHOWN, fields.COLUMN(columns.VarBytesColumn()))
    schema.add(CABLE, fields.COLUMN(columns.VarBytesColumn()))
    return schema
