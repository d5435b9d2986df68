"""The schema of the Whoosh engine: which fields its documents have.

Owns the names of the fields. Must not know plans, pages or commits.

A unit of a cable is a document (`search.units`). The cable itself, compressed, stands in a column of that of its head.
"""

from __future__ import annotations

from whoosh.analysis import IDAnalyzer

from search.fields import COUNTED, NUMBER_FIELDS, PLACED_FIELDS, TERM_FIELDS, VALUE_FIELDS
from whoosh import columns, fields, formats

NAME = "whoosh"
# Counts up whenever this module makes other documents or fields than before.
SCHEMA = 2

OWNER = "owner"  # the look-up key of the cable that a document belongs to
KIND = "value_unit"  # which kind of unit it is
ID = "id"  # the cable's id as it is shown
ORDER = "order"  # the unit's place in its cable and its date, as ORDER_FORM says
SHOWN = "shown"  # the unit as lists show it
CABLE = "cable"  # the whole cable
STRETCH_COLUMN = "stretch"  # which heading it is or stands under, -1 for none

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
        kept = formats.Positions() if name in PLACED_FIELDS else formats.Frequency()
        schema.add(f"terms_{name}", _field(kept, scored=True))
    for name in VALUE_FIELDS:
        schema.add(f"value_{name}", _field(formats.Existence(), scored=False))
    for name in COUNTED:
        schema.add(f"shown_{name}", fields.COLUMN(columns.RefBytesColumn()))
    for name in NUMBER_FIELDS:
        # Signed: an unsigned one matches everything for a range that is open below.
        schema.add(f"number_{name}", fields.NUMERIC(int, bits=64, signed=True))
    schema.add(OWNER, _field(formats.Existence(), scored=False))
    schema.add(ID, fields.COLUMN(columns.RefBytesColumn()))
    schema.add(ORDER, fields.COLUMN(columns.StructColumn(ORDER_FORM, (0, False, 0))))
    schema.add(STRETCH_COLUMN, fields.COLUMN(columns.NumericColumn("i", default=-1)))
    schema.add(SHOWN, fields.COLUMN(columns.VarBytesColumn()))
    schema.add(CABLE, fields.COLUMN(columns.VarBytesColumn()))
    return schema
